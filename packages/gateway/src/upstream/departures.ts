const intervalMs = 100;

/** Something that stops when its caller leaves. */
export interface Abandonable {
  readonly gone: AbortSignal | null;
  abandon(): void;
}

/**
 * Looks ten times a second which callers have left, with one timer for all calls. A listener at each signal would tell
 * at once, but what such a listener leaves behind makes the garbage collector copy several kilobytes a call.
 */
export class Departures {
  readonly #calls = new Set<Abandonable>();
  #timer: NodeJS.Timeout | null = null;

  add(call: Abandonable): void {
    this.#calls.add(call);
    this.#timer ??= setInterval(() => this.#look(), intervalMs).unref();
  }

  remove(call: Abandonable): void {
    this.#calls.delete(call);
  }

  #look(): void {
    for (const call of this.#calls) if (call.gone?.aborted) call.abandon();
    if (this.#calls.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
