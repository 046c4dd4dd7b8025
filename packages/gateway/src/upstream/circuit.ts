import type { Clock } from '../ports/clock.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

export interface CircuitOptions {
  /** How many of the latest calls are looked at. */
  readonly window: number;
  /** Share of failures, 0 to 1, that opens the circuit once the window is full. */
  readonly failureShare: number;
  /** How long it stays open before one probe may pass. */
  readonly openMs: number;
}

/** Spares an upstream that fails: open after too many failures, then one probe at a time until one succeeds. */
export class Circuit {
  readonly #clock: Clock;
  readonly #options: CircuitOptions;
  readonly #outcomes: boolean[] = [];
  #state: CircuitState = 'closed';
  #openedAtMs = 0;

  constructor(clock: Clock, options: CircuitOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Milliseconds until a call may pass; 0: now. In half-open state the one probe is taken by this call. */
  admit(): number {
    if (this.#state === 'closed') return 0;
    const waitMs = this.#openedAtMs + this.#options.openMs - this.#clock.monotonicMs();
    if (waitMs > 0) return waitMs;
    // The probe has as long as the circuit was open; should its outcome never come, the next one may try.
    this.#state = 'half-open';
    this.#openedAtMs = this.#clock.monotonicMs();
    return 0;
  }

  succeeded(): void {
    if (this.#state === 'half-open') this.#close();
    else this.#note(true);
  }

  failed(): void {
    if (this.#state === 'half-open') this.#open();
    else this.#note(false);
  }

  #note(success: boolean): void {
    this.#outcomes.push(success);
    if (this.#outcomes.length > this.#options.window) this.#outcomes.shift();
    if (success || this.#outcomes.length < this.#options.window) return;
    const failures = this.#outcomes.filter((outcome) => !outcome).length;
    if (failures / this.#outcomes.length >= this.#options.failureShare) this.#open();
  }

  #open(): void {
    this.#state = 'open';
    this.#openedAtMs = this.#clock.monotonicMs();
    this.#outcomes.length = 0;
  }

  #close(): void {
    this.#state = 'closed';
    this.#outcomes.length = 0;
  }
}
