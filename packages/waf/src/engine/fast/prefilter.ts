import { bitOf, wordOf } from '../../request/bitSet.ts';
import type { Operator } from '../../operators/operator.ts';
import { bothCases, NO_BYTES } from './byteClasses.ts';
import type { ByteClasses, ByteMask } from './byteClasses.ts';
import type { Word } from './wordAutomaton.ts';

/** What must be found in a text that an operator matches. */
export interface Prefilter {
  /** Number of the test whose words are meant. */
  readonly test: number;
  /** Where the test's bit is in a set of tests. */
  readonly word: number;
  readonly bit: number;
  /** False when nothing is known of words. */
  readonly needsWord: boolean;
  /** Words of one byte, as bytes. */
  readonly wordBytes: ByteMask;
  /** Bytes of which one must be there; null when nothing is known. */
  readonly required: ByteMask | null;
  /** Bytes of which one stands in each of the words. */
  readonly rare: ByteMask;
}

/** Bytes from common to rare in benign text; those that are not named are the rarest. */
const COMMON = ' etaoinsrhldcumfpgwybv.k,0123456789-/:_xjqz"\'()=?;&+%*!@#<>[]{}';

/** Note the byte sets of an operator. */
export function declareOperator(operator: Operator, classes: ByteClasses): void {
  const { required = null, requiredBytes = null } = operator;
  if (required !== null) {
    classes.add(singleByteWords(required));
    classes.add(rareBytes(required));
  }
  if (requiredBytes !== null) classes.add(bytesOf(requiredBytes));
}

/** The words of an operator for the automaton; those of one byte are found by their class. */
export function wordsOf(operator: Operator, test: number): Word[] {
  const words = (operator.required ?? []).filter((word) => word.length > 1);
  return words.map((text) => ({ text, test, marks: 0 }));
}

export function prefilterOf(operator: Operator, test: number, classes: ByteClasses): Prefilter {
  const { required = null, requiredBytes = null } = operator;
  return {
    test,
    word: wordOf(test),
    bit: bitOf(test),
    needsWord: required !== null,
    wordBytes: required === null ? NO_BYTES : classes.mask(singleByteWords(required)),
    required: requiredBytes === null ? null : classes.mask(bytesOf(requiredBytes)),
    rare: required === null ? NO_BYTES : classes.mask(rareBytes(required)),
  };
}

function singleByteWords(words: readonly string[]): number[] {
  return bothCases(words.filter((word) => word.length === 1).join(''));
}

/** For each word its rarest byte. */
function rareBytes(words: readonly string[]): number[] {
  return bothCases(words.map(rarest).join(''));
}

function rarest(word: string): string {
  let found = word.charAt(0);
  for (const character of word) {
    if (rarity(character) > rarity(found)) found = character;
  }
  return found;
}

function rarity(character: string): number {
  const place = COMMON.indexOf(character);
  return place === -1 ? COMMON.length : place;
}

function bytesOf(members: Uint8Array): number[] {
  const bytes: number[] = [];
  members.forEach((isMember, byte) => {
    if (isMember !== 0) bytes.push(...bothCases(String.fromCharCode(byte)));
  });
  return bytes;
}
