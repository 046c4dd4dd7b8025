import { hexByteAt } from '../request/urlDecode.ts';
import { controlEscape, decodeEscapes, octalAt, type Escape } from './escapes.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:escapeSeqDecode
 *
 * Description: Decodes ANSI C escapes: single characters, `\xHH` and octal; of an unknown one the backslash is dropped.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `\x41\102` becomes `AB`.
 */
export const escapeSeqDecode: Transformation = {
  name: 'escapeSeqDecode',
  touches: ['\\'],
  creates: null,
  apply: (input) => decodeEscapes(input, escapeAt),
};

function escapeAt(input: string, at: number): Escape {
  const letter = input.charAt(at + 1);
  const hex = letter === 'x' || letter === 'X' ? hexByteAt(input, at + 2) : -1;
  if (hex >= 0) return { byte: hex, length: 4 };
  const octal = octalAt(input, at + 1);
  if (octal !== null) return { byte: octal.byte, length: octal.length + 1 };
  return { byte: controlEscape(letter) ?? letter.charCodeAt(0), length: 2 };
}
