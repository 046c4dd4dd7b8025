import { hexByteAt } from '../request/urlDecode.ts';
import { controlEscape, decodeEscapes, octalAt, type Escape } from './escapes.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:jsDecode
 *
 * Description: Decodes JavaScript escapes: `\uHHHH` (low byte; full-width forms to ASCII), `\xHH`, octal, and single characters.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `\x41` becomes `A`.
 */
export const jsDecode: Transformation = {
  name: 'jsDecode',
  touches: ['\\'],
  creates: null,
  apply: (input) => decodeEscapes(input, escapeAt),
};

function escapeAt(input: string, at: number): Escape {
  const letter = input.charAt(at + 1);
  if (letter === 'u') {
    const high = hexByteAt(input, at + 2);
    const low = hexByteAt(input, at + 4);
    if (high >= 0 && low >= 0) return { byte: narrow(high, low), length: 6 };
  }
  if (letter === 'x' && hexByteAt(input, at + 2) >= 0) {
    return { byte: hexByteAt(input, at + 2), length: 4 };
  }
  const octal = octalAt(input, at + 1);
  if (octal !== null) return { byte: octal.byte, length: octal.length + 1 };
  return { byte: controlEscape(letter) ?? input.charCodeAt(at + 1), length: 2 };
}

/** The low byte of a code unit; a full-width form (U+FF01 to U+FF5E) becomes its ASCII character. */
function narrow(high: number, low: number): number {
  return high === 0xff && low > 0 && low < 0x5f ? low + 0x20 : low;
}
