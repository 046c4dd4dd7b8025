/** Code points that look like an ASCII character, as Windows best-fit tables map them, by that character. */
const LOOKALIKES: readonly (readonly [ascii: string, codePoints: readonly number[]])[] = [
  [
    ' ',
    [
      0xa0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
      0x3000,
    ],
  ],
  ['!', [0x01c3]],
  ['"', [0xab, 0xbb, 0x02ba, 0x0301e, 0x201c, 0x201d, 0x201e, 0x2033, 0x301d, 0x301e, 0x301f]],
  ["'", [0xb4, 0x02b9, 0x02bb, 0x02bc, 0x02c8, 0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x2035]],
  ['*', [0x204e, 0x2217, 0x22c6, 0x2731]],
  ['-', [0xad, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212]],
  ['.', [0xb7, 0x2024, 0x2219, 0x22c5, 0x3002]],
  ['/', [0x2044, 0x2215]],
  [':', [0x0589, 0x2236]],
  [';', [0x037e]],
  ['<', [0x2039, 0x2329, 0x27e8, 0x3008]],
  ['>', [0x203a, 0x232a, 0x27e9, 0x3009]],
  ['\\', [0x2216]],
  ['^', [0x02c4, 0x02c6, 0x2038, 0x2303]],
  ['_', [0x02cd, 0x0331, 0x2017]],
  ['`', [0x02cb, 0x0300]],
  ['|', [0x01c0, 0x2223, 0x2758]],
  ['~', [0x02dc, 0x0303, 0x223c]],
];

const table = new Map<number, number>();
for (const [ascii, codePoints] of LOOKALIKES) {
  for (const codePoint of codePoints) table.set(codePoint, ascii.charCodeAt(0));
}

/**
 * The ASCII character that a lenient decoder takes a code unit for: itself, the full-width form's
 * (U+FF01 to U+FF5E), a look-alike's, or the base letter of an accented one. Undefined when there is none.
 */
export function bestFitAscii(code: number): number | undefined {
  if (code < 0x80) return code;
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  return table.get(code) ?? baseLetter(code);
}

function baseLetter(code: number): number | undefined {
  if (code < 0xc0 || code > 0x024f) return undefined;
  const base = String.fromCharCode(code).normalize('NFD').charCodeAt(0);
  return base < 0x80 ? base : undefined;
}
