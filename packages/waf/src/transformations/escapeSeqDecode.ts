import { hexByteAt } from '../request/urlDecode.ts';
import { controlEscape, octalAt } from './escapes.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:escapeSeqDecode
 *
 * Description: Decodes ANSI C escapes: single characters, `\\xHH` and octal; of an unknown one the backslash is dropped.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `\\x41\\102` becomes `AB`.
 */
export const escapeSeqDecode: Transformation = {
  name: 'escapeSeqDecode',
  touches: ['\\'],
  creates: null,
  apply: decode,
};

function decode(input: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const backslash = input.indexOf('\\', at);
    if (backslash === -1 || backslash === input.length - 1) return text + input.slice(at);
    text += input.slice(at, backslash);
    const letter = input.charAt(backslash + 1);
    const hex = letter === 'x' || letter === 'X' ? hexByteAt(input, backslash + 2) : -1;
    const octal = octalAt(input, backslash + 1);
    if (hex >= 0) {
      text += String.fromCharCode(hex);
      at = backslash + 4;
    } else if (octal !== null) {
      text += String.fromCharCode(octal.byte);
      at = backslash + 1 + octal.length;
    } else {
      text += String.fromCharCode(controlEscape(letter) ?? letter.charCodeAt(0));
      at = backslash + 2;
    }
  }
}
