/** What can be asked to give its memory back. */
export interface StateHolder {
  /** Drops what it holds and calls `giveBack`. */
  forget(): void;
}

/**
 * The memory that the automata of a rule set share for their states. Where it runs out, the
 * holder of the most has to start anew: states come back as inputs need them.
 */
export class StateMemory {
  readonly bytesMax: number;
  #used = 0;
  readonly #held = new Map<StateHolder, number>();

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  get usedBytes(): number {
    return this.#used;
  }

  /** Takes bytes for a holder, which may have to forget what it had. */
  take(holder: StateHolder, bytes: number): void {
    while (this.#used + bytes > this.bytesMax && this.#held.size > 0) this.#largest().forget();
    this.#used += bytes;
    this.#held.set(holder, (this.#held.get(holder) ?? 0) + bytes);
  }

  giveBack(holder: StateHolder): void {
    this.#used -= this.#held.get(holder) ?? 0;
    this.#held.delete(holder);
  }

  #largest(): StateHolder {
    return [...this.#held].reduce((most, other) => (other[1] > most[1] ? other : most))[0];
  }
}
