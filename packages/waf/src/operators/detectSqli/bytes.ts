const SPACE = 1;
const DIGIT = 2;
const WORD_START = 4;

const CLASSES = new Uint8Array(256);
for (const space of [0, 9, 10, 11, 12, 13, 32]) CLASSES[space] = SPACE;
for (let byte = 48; byte <= 57; byte++) CLASSES[byte] = DIGIT;
for (let byte = 65; byte <= 90; byte++) CLASSES[byte] = WORD_START;
for (let byte = 97; byte <= 122; byte++) CLASSES[byte] = WORD_START;
for (let byte = 128; byte <= 255; byte++) CLASSES[byte] = WORD_START;
CLASSES[95] = WORD_START;

/** Code of the byte at the position, -1 past the end. */
export function byteAt(input: string, position: number): number {
  return position < input.length ? input.charCodeAt(position) : -1;
}

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** A byte that may begin an SQL identifier; bytes of multi-byte characters count as letters. */
export function isWordStart(byte: number): boolean {
  return byte >= 0 && (CLASSES[byte] ?? 0) === WORD_START;
}

/** A byte that may continue an SQL identifier. */
export function isWordPart(byte: number): boolean {
  return byte >= 0 && ((CLASSES[byte] ?? 0) & (WORD_START | DIGIT)) !== 0;
}

/**
 * White space as databases see it. MySQL in a latin1 connection also skips 0xA0; in UTF-8 text that
 * byte is part of a letter, so it counts only when the byte before it is ASCII.
 */
export function isSpaceAt(input: string, position: number): boolean {
  const byte = byteAt(input, position);
  if (byte < 0) return false;
  if (byte === 0xa0) return position === 0 || input.charCodeAt(position - 1) < 0x80;
  return (CLASSES[byte] ?? 0) === SPACE;
}
