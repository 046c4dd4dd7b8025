/** Notices work that does not end. One timer for all of it, however often it starts. */
export class Watchdog {
  readonly #timer: NodeJS.Timeout;
  #isBusy = false;
  #isStuck = false;

  constructor(limitMs: number, onStuck: () => void) {
    this.#timer = setTimeout(() => {
      if (!this.#isBusy) return;
      this.#isStuck = true;
      onStuck();
    }, limitMs).unref();
  }

  /** From the limit on until the work ends, if it ever does. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  async watch(work: Promise<void>): Promise<void> {
    this.#isBusy = true;
    this.#timer.refresh();
    try {
      await work;
    } finally {
      this.#isBusy = false;
      this.#isStuck = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
