import {
  complement,
  EDGE,
  FINAL_NEWLINE,
  setOfByte,
  setOfBytes,
  setOfRange,
  SYMBOLS,
  union,
  type SymbolSet,
} from './symbolSet.ts';

const lower = setOfRange(0x61, 0x7a);
const upper = setOfRange(0x41, 0x5a);
const alpha = union(lower, upper);

export const ANY_BYTE = setOfRange(0, 255);
export const NEWLINE = setOfByte(10);
export const NOT_NEWLINE = complement(NEWLINE);
export const DIGIT = setOfRange(0x30, 0x39);
export const WORD = union(alpha, DIGIT, setOfByte(0x5f));
/** PCRE's `\s`: unlike RE2's it holds the vertical tab. */
export const SPACE = union(setOfRange(9, 13), setOfByte(0x20));
/** PCRE's `\h` without UTF: tab, space, no-break space. */
export const HORIZONTAL_SPACE = setOfBytes([9, 0x20, 0xa0]);
/** PCRE's `\v` without UTF; in RE2 it is the vertical tab alone. */
export const VERTICAL_SPACE = union(setOfRange(10, 13), setOfByte(0x85));

/** The edge alone: the place before the first byte, or after the last. */
export const AT_EDGE: SymbolSet = edges([EDGE]);
/** What `$` and `\Z` look at: the end, or a newline that ends the input. */
export const AT_END_OR_FINAL_NEWLINE: SymbolSet = edges([EDGE, FINAL_NEWLINE]);

const printable = setOfRange(0x21, 0x7e);
const wordOrDigit = union(alpha, DIGIT);

/** POSIX classes in the C locale. */
export const POSIX_CLASSES: Readonly<Record<string, SymbolSet>> = {
  alnum: wordOrDigit,
  alpha,
  ascii: setOfRange(0, 0x7f),
  blank: setOfBytes([9, 0x20]),
  cntrl: union(setOfRange(0, 0x1f), setOfByte(0x7f)),
  digit: DIGIT,
  graph: printable,
  lower,
  print: union(printable, setOfByte(0x20)),
  punct: setOfBytes(range(0x21, 0x7e).filter((byte) => wordOrDigit[byte] === 0)),
  space: SPACE,
  upper,
  word: WORD,
  xdigit: union(DIGIT, setOfRange(0x41, 0x46), setOfRange(0x61, 0x66)),
};

function edges(symbols: readonly number[]): SymbolSet {
  const set = new Uint8Array(SYMBOLS);
  for (const symbol of symbols) set[symbol] = 1;
  return set;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
