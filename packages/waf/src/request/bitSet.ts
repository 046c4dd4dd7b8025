/** A set of small numbers as words of 30 bits, which the engine of the language keeps unboxed. */
export type BitSet = readonly number[];

const BITS_PER_WORD = 30;

export const NO_BITS: BitSet = [];

/** A set of numbers below a bound. */
export function bitSetOf(numbers: Iterable<number>, bound: number): BitSet {
  const words = new Array<number>(Math.ceil(bound / BITS_PER_WORD)).fill(0);
  for (const number of numbers) words[wordOf(number)]! |= bitOf(number);
  return words;
}

/** The word that a number is in. */
export function wordOf(number: number): number {
  return Math.floor(number / BITS_PER_WORD);
}

/** The bit of a number in its word. */
export function bitOf(number: number): number {
  return 1 << (number % BITS_PER_WORD);
}

/** The members of all sets that are added. The first stays as it is; what others add goes into a copy. */
export class BitSetUnion {
  bits = NO_BITS;
  #own: number[] | null = null;

  add(added: BitSet): void {
    if (added.length === 0 || added === this.bits) return;
    if (this.bits.length === 0) {
      this.bits = added;
      return;
    }
    this.#own ??= this.bits.slice();
    this.bits = this.#own;
    for (let index = 0; index < added.length; index++) this.#own[index]! |= added[index]!;
  }
}
