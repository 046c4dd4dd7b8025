import type { Budget } from '../../regex/regex.ts';
import { byteAt, isDigit, isSpaceAt } from './bytes.ts';
import { ForwardSearch } from './forwardSearch.ts';

const REMEMBERED_FROM = 4;
const HASH = 35;
const DASH = 45;
const SLASH = 47;
const STAR = 42;
const EXCLAMATION = 33;

/** White space and comments that databases skip like white space. Chains of them are walked once. */
export class SqlBlanks {
  /** An inline comment that itself holds an opening of a comment: no client writes that, evasions do. */
  sawNestedComment = false;
  readonly #input: string;
  readonly #budget: Budget;
  readonly #lineEnd: ForwardSearch;
  readonly #opening: ForwardSearch;
  readonly #closing: ForwardSearch;
  readonly #chainOf = new Map<number, number>();
  readonly #chainEnds: number[] = [];

  constructor(input: string, budget: Budget) {
    this.#input = input;
    this.#budget = budget;
    this.#lineEnd = new ForwardSearch(input, '\n', budget);
    this.#opening = new ForwardSearch(input, '/*', budget);
    this.#closing = new ForwardSearch(input, '*/', budget);
  }

  /** The first position that is no blank: of code, of the end, or of a comment that nothing ends. */
  skip(from: number): number {
    let position = from;
    const walked: number[] = [];
    for (let length = 0; ; length++) {
      const chain = this.#chainOf.get(position);
      const next =
        chain === undefined ? this.#skipOne(position) : (this.#chainEnds[chain] ?? position);
      if (next === position) break;
      if (length >= REMEMBERED_FROM) walked.push(position);
      position = next;
    }
    this.#remember(walked, position);
    return position;
  }

  #remember(walked: readonly number[], end: number): void {
    if (walked.length === 0) return;
    for (const position of walked) this.#chainOf.set(position, this.#chainEnds.length);
    this.#chainEnds.push(end);
  }

  #skipOne(at: number): number {
    this.#budget.left--;
    const input = this.#input;
    let end = at;
    while (isSpaceAt(input, end)) end++;
    if (end > at) {
      this.#budget.left -= end - at;
      return end;
    }
    const byte = byteAt(input, at);
    const second = byteAt(input, at + 1);
    if (byte === HASH || (byte === DASH && second === DASH)) return this.#skipLine(at);
    if (byte === STAR && second === SLASH) return at + 2;
    if (byte !== SLASH || second !== STAR) return at;
    return byteAt(input, at + 2) === EXCLAMATION
      ? this.#skipVersion(at + 3)
      : this.#skipComment(at);
  }

  #skipLine(at: number): number {
    const end = this.#lineEnd.find(at);
    return end < 0 ? at : end + 1;
  }

  /** The text of an executable MySQL comment is code: only its opening and version are skipped. */
  #skipVersion(at: number): number {
    let end = at;
    while (end < at + 6 && isDigit(byteAt(this.#input, end))) end++;
    return end;
  }

  #skipComment(at: number): number {
    const close = this.#closing.find(at + 2);
    if (close < 0) return at;
    const nested = this.#opening.find(at + 1);
    if (nested >= 0 && nested < close) this.sawNestedComment = true;
    return close + 2;
  }
}
