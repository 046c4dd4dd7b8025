import { NO_WORDS } from '../../request/textRecord.ts';
import type { TextRecord } from '../../request/textRecord.ts';
import type { Chain } from './chain.ts';
import type { Prefilter } from './prefilter.ts';

/** What the values of several entries, transformed by a chain, can hold taken together. */
export class Summary {
  words: Uint32Array = NO_WORDS;
  bytesLow = 0;
  bytesHigh = 0;
  /** Bytes of values whose words are not known, since they were not transformed yet. */
  looseLow = 0;
  looseHigh = 0;

  addRecord(record: TextRecord): void {
    this.addWords(record.words);
    this.bytesLow |= record.bytesLow;
    this.bytesHigh |= record.bytesHigh;
  }

  addWords(words: Uint32Array): void {
    if (words.length === 0) return;
    if (this.words.length === 0) this.words = words.slice();
    else for (let index = 0; index < words.length; index++) this.words[index]! |= words[index]!;
  }

  addSummary(other: Summary): void {
    this.addWords(other.words);
    this.bytesLow |= other.bytesLow;
    this.bytesHigh |= other.bytesHigh;
    this.looseLow |= other.looseLow;
    this.looseHigh |= other.looseHigh;
  }

  mayMatch(prefilter: Prefilter): boolean {
    return (
      holds(this.words, this.bytesLow, this.bytesHigh, prefilter) ||
      canHold(this.looseLow, this.looseHigh, prefilter)
    );
  }
}

/** Whether a record has what the operator needs. */
export function recordMayMatch(record: TextRecord, prefilter: Prefilter): boolean {
  return holds(record.words, record.bytesLow, record.bytesHigh, prefilter);
}

function holds(words: Uint32Array, low: number, high: number, prefilter: Prefilter): boolean {
  const { test, needsWord, wordBytes, required } = prefilter;
  if (required !== null && ((low & required.low) | (high & required.high)) === 0) return false;
  if (!needsWord) return true;
  if (words.length > 0 && (words[test >> 5]! & (1 << (test & 31))) !== 0) return true;
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

/** Whether the chain leaves a text as it is, but for the case of letters. */
export function isUntouched(record: TextRecord, { isAlways, touched, marks }: Chain): boolean {
  return (
    !isAlways &&
    ((record.bytesLow & touched.low) |
      (record.bytesHigh & touched.high) |
      (record.marks & marks)) ===
      0
  );
}
