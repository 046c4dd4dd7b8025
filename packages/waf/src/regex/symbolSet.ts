/**
 * What one position of the input can hold: a byte, the last byte when it is a newline, or nothing
 * at either end. With the two extra symbols every assertion is a test of one neighbouring symbol.
 */
export const SYMBOLS = 258;
export const FINAL_NEWLINE = 256;
export const EDGE = 257;
const NEWLINE = 10;

/** Membership of the 258 symbols, one byte each. Treated as immutable. */
export type SymbolSet = Uint8Array;

/** A set of bytes; the final newline follows the newline. */
export function setOfBytes(bytes: Iterable<number>): SymbolSet {
  const set = new Uint8Array(SYMBOLS);
  for (const byte of bytes) set[byte] = 1;
  return withFinalNewline(set);
}

export function setOfRange(first: number, last: number): SymbolSet {
  return withFinalNewline(new Uint8Array(SYMBOLS).fill(1, first, last + 1));
}

const singles: SymbolSet[] = Array.from({ length: 256 }, (_, byte) => setOfBytes([byte]));
const foldedSingles: SymbolSet[] = singles.map(foldCase);

/** One byte, with the other case of an ASCII letter when `ignoreCase`. Shared: equal arguments give the same array. */
export function setOfByte(byte: number, ignoreCase = false): SymbolSet {
  return (ignoreCase ? foldedSingles : singles)[byte]!;
}

export function union(...sets: readonly SymbolSet[]): SymbolSet {
  const result = new Uint8Array(SYMBOLS);
  for (const set of sets) for (let s = 0; s < SYMBOLS; s++) result[s]! |= set[s]!;
  return result;
}

/** All bytes outside the set; never an edge. */
export function complement(set: SymbolSet): SymbolSet {
  const result = new Uint8Array(SYMBOLS);
  for (let byte = 0; byte < 256; byte++) result[byte] = set[byte]! ^ 1;
  return withFinalNewline(result);
}

export function withEdge(set: SymbolSet): SymbolSet {
  const result = Uint8Array.from(set);
  result[EDGE] = 1;
  return result;
}

/** The set with the other case of each of its ASCII letters. */
export function foldCase(set: SymbolSet): SymbolSet {
  const result = Uint8Array.from(set);
  for (let lower = 0x61; lower <= 0x7a; lower++) {
    const upper = lower - 32;
    result[lower] = result[upper] = set[lower]! | set[upper]!;
  }
  return result;
}

export function bytesOf(set: SymbolSet): number[] {
  const bytes: number[] = [];
  for (let byte = 0; byte < 256; byte++) if (set[byte] === 1) bytes.push(byte);
  return bytes;
}

/** Equal for equal sets: the members packed into a string. */
export function contentOf(set: SymbolSet): string {
  let content = '';
  for (let base = 0; base < SYMBOLS; base += 16) {
    let bits = 0;
    for (let i = 0; i < 16; i++) bits |= (set[base + i] ?? 0) << i;
    content += String.fromCharCode(bits);
  }
  return content;
}

function withFinalNewline(set: SymbolSet): SymbolSet {
  set[FINAL_NEWLINE] = set[NEWLINE]!;
  return set;
}
