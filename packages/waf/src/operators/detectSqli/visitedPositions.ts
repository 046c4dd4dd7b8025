const OPERAND_READ = 1;
const OPERATOR_READ = 2;
const STRING_CLOSED = 4;
const DEEP_TOKENS_MAX = 20_000;

/**
 * Remembers, over all readings of one value, where strings closed and which tokens were met in which
 * state. Readings that meet would go on alike, so one of them is enough: that keeps the work linear.
 */
export class VisitedPositions {
  readonly #length: number;
  #deepTokens = 0;
  #marks: Uint8Array | null = null;

  constructor(length: number) {
    this.#length = length;
  }

  noteClosing(end: number): void {
    this.#add(end, STRING_CLOSED);
  }

  /** Count a token; true when the readings of this value have taken too many. */
  isSpent(): boolean {
    return ++this.#deepTokens > DEEP_TOKENS_MAX;
  }

  /** Whether an earlier reading already stood behind a string that closed here. */
  closedAt(end: number): boolean {
    return this.#marks !== null && ((this.#marks[end] ?? 0) & STRING_CLOSED) !== 0;
  }

  /** Whether a token here was already read in this state; it counts as read from now on. */
  seen(position: number, expectsOperand: boolean): boolean {
    return this.#add(position, expectsOperand ? OPERAND_READ : OPERATOR_READ);
  }

  #add(position: number, mark: number): boolean {
    this.#marks ??= new Uint8Array(this.#length + 1);
    const known = this.#marks[position] ?? 0;
    this.#marks[position] = known | mark;
    return (known & mark) !== 0;
  }
}
