import { BitSetUnion } from '../../request/bitSet.ts';
import type { BitSet } from '../../request/bitSet.ts';
import type { TextRecord } from '../../request/textRecord.ts';
import type { Chain } from './chain.ts';
import type { Prefilter } from './prefilter.ts';

/** What several values can hold taken together. */
export class Summary {
  readonly #words = new BitSetUnion();
  bytesLow = 0;
  bytesHigh = 0;
  marks = 0;
  /** Bytes of values whose words are not known, since they were not transformed yet. */
  looseLow = 0;
  looseHigh = 0;

  /** A summary that begins with what another holds. */
  static from(other: Summary): Summary {
    const summary = new Summary();
    summary.#words.add(other.#words.bits);
    summary.bytesLow = other.bytesLow;
    summary.bytesHigh = other.bytesHigh;
    summary.looseLow = other.looseLow;
    summary.looseHigh = other.looseHigh;
    return summary;
  }

  add({ words, bytesLow, bytesHigh, marks }: TextRecord): void {
    this.#words.add(words);
    this.bytesLow |= bytesLow;
    this.bytesHigh |= bytesHigh;
    this.marks |= marks;
  }

  mayMatch(prefilter: Prefilter): boolean {
    return (
      holds(this.#words.bits, this.bytesLow, this.bytesHigh, prefilter) ||
      canHold(this.looseLow, this.looseHigh, prefilter)
    );
  }
}

/** Whether a record has what the operator needs. */
export function recordMayMatch(record: TextRecord, prefilter: Prefilter): boolean {
  return holds(record.words, record.bytesLow, record.bytesHigh, prefilter);
}

function holds(words: BitSet, low: number, high: number, prefilter: Prefilter): boolean {
  const { word, bit, needsWord, wordBytes, required } = prefilter;
  if (required !== null && ((low & required.low) | (high & required.high)) === 0) return false;
  if (!needsWord) return true;
  if (words.length > 0 && (words[word]! & bit) !== 0) return true;
  return ((low & wordBytes.low) | (high & wordBytes.high)) !== 0;
}

/** Whether a text of these bytes, in whatever order, can have what the operator needs. */
export function canHold(
  low: number,
  high: number,
  { needsWord, rare, required }: Prefilter,
): boolean {
  if ((low | high) === 0) return false;
  if (required !== null && ((low & required.low) | (high & required.high)) === 0) return false;
  return !needsWord || ((low & rare.low) | (high & rare.high)) !== 0;
}

/** Whether the chain leaves texts of these bytes and marks as they are, but for the case of letters. */
export function isUntouched(
  held: TextRecord | Summary,
  { isAlways, touched, marks }: Chain,
): boolean {
  return (
    !isAlways &&
    ((held.bytesLow & touched.low) | (held.bytesHigh & touched.high) | (held.marks & marks)) === 0
  );
}
