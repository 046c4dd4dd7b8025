/**
 * Rough share of each byte in lower-cased parameters and headers, in parts per thousand: English
 * text, URLs, JSON. It only ranks what is rare enough to be worth looking for.
 */
const SHARES: Readonly<Record<string, number>> = {
  ' ': 120,
  e: 90,
  t: 65,
  a: 65,
  o: 60,
  i: 58,
  n: 56,
  s: 52,
  r: 50,
  h: 35,
  l: 33,
  d: 31,
  c: 27,
  u: 22,
  m: 22,
  p: 20,
  f: 17,
  g: 16,
  w: 15,
  y: 14,
  b: 13,
  v: 8,
  k: 7,
  x: 3,
  j: 2,
  q: 2,
  z: 2,
  '.': 14,
  ',': 12,
  '-': 10,
  '/': 10,
  '"': 8,
  ':': 8,
  "'": 6,
  _: 6,
  '=': 5,
  '&': 4,
  '(': 3,
  ')': 3,
  ';': 3,
  '?': 3,
  '!': 3,
  '%': 3,
  '\n': 5,
};
const DIGIT_SHARE = 9;
const PUNCTUATION_SHARE = 1.5;
const OTHER_SHARE = 0.4;

/** The expected share of each byte of lower-cased input, 0 to 1; of the two cases of a letter each has it whole. */
export const BYTE_FREQUENCY: Float64Array = Float64Array.from(
  { length: 256 },
  (_, byte) => shareOf(String.fromCharCode(byte).toLowerCase()) / 1000,
);

function shareOf(character: string): number {
  if (Object.hasOwn(SHARES, character)) return SHARES[character]!;
  if (character >= '0' && character <= '9') return DIGIT_SHARE;
  return character > ' ' && character < '\x7f' ? PUNCTUATION_SHARE : OTHER_SHARE;
}
