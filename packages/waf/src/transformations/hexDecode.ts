import { hexByteAt } from '../request/urlDecode.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:hexDecode
 *
 * Description: Decodes pairs of hexadecimal digits; stops at the first that is none.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `417a` becomes `Az`.
 */
export const hexDecode: Transformation = {
  name: 'hexDecode',
  touches: null,
  creates: null,
  apply: decode,
};

function decode(input: string): string {
  let text = '';
  for (let at = 0; at + 1 < input.length; at += 2) {
    const byte = hexByteAt(input, at);
    if (byte < 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}
