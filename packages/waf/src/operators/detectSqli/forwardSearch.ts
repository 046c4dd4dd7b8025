import type { Budget } from '../../regex/regex.ts';

/**
 * `indexOf` for one needle that remembers its last answer: positions inside a gap that was already
 * searched are answered without a second look, so that repeated searches over one input stay linear.
 */
export class ForwardSearch {
  readonly #input: string;
  readonly #needle: string;
  readonly #budget: Budget;
  #from = 0;
  #found = -2;

  constructor(input: string, needle: string, budget: Budget) {
    this.#input = input;
    this.#needle = needle;
    this.#budget = budget;
  }

  /** Index of the first occurrence at or after the position, or -1. */
  find(from: number): number {
    const known =
      this.#found !== -2 && from >= this.#from && (this.#found === -1 || from <= this.#found);
    if (known) return this.#found;
    this.#from = from;
    this.#found = this.#input.indexOf(this.#needle, from);
    this.#budget.left -= (this.#found < 0 ? this.#input.length : this.#found) - from;
    return this.#found;
  }
}
