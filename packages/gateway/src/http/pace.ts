/** Tells bytes that move from bytes that only pretend to, window by window. */
export class Pace {
  readonly #bytesPerSecondMin: number;
  readonly #windowMs: number;
  #bytes: number;
  #sinceMs: number;

  constructor(bytesPerSecondMin: number, windowMs: number, bytesTotal: number, nowMs: number) {
    this.#bytesPerSecondMin = bytesPerSecondMin;
    this.#windowMs = windowMs;
    this.#bytes = bytesTotal;
    this.#sinceMs = nowMs;
  }

  /** Opens a new window, for example because the other side was not to blame for the pause. */
  restart(bytesTotal: number, nowMs: number): void {
    this.#bytes = bytesTotal;
    this.#sinceMs = nowMs;
  }

  /** True when a whole window went by with less than the least rate. `bytesTotal` counts all bytes so far. */
  isTooSlow(bytesTotal: number, nowMs: number): boolean {
    const elapsedMs = nowMs - this.#sinceMs;
    if (elapsedMs < this.#windowMs) return false;
    const isSlow = (bytesTotal - this.#bytes) * 1000 < this.#bytesPerSecondMin * elapsedMs;
    this.restart(bytesTotal, nowMs);
    return isSlow;
  }
}
