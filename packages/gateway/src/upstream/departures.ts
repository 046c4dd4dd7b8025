const intervalMs = 100;

/** Something that stops when its caller leaves. */
export interface Abandonable {
  readonly gone: AbortSignal | null;
  abandon(): void;
}

/**
 * Looks ten times a second which callers have left, with one timer for all calls.
 *
 * Neither listeners at the signals nor a set of the calls: the hash tables of both are made anew all the time, and those
 * that were thrown away keep the calls alive until the old generation is collected. Slots are used again and hold nothing.
 */
export class Departures {
  readonly #calls: (Abandonable | null)[] = [];
  readonly #free: number[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** Returns the slot, for {@link remove}. */
  add(call: Abandonable): number {
    const slot = this.#free.pop() ?? this.#calls.length;
    this.#calls[slot] = call;
    this.#timer ??= setInterval(() => this.#look(), intervalMs).unref();
    return slot;
  }

  remove(slot: number): void {
    this.#calls[slot] = null;
    this.#free.push(slot);
  }

  #look(): void {
    for (const call of this.#calls) if (call?.gone?.aborted) call.abandon();
    if (this.#free.length < this.#calls.length || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
