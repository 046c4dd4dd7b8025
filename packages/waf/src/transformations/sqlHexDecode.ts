import { hexByteAt } from '../request/urlDecode.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:sqlHexDecode
 *
 * Description: Decodes SQL hexadecimal strings, `0x` and pairs of digits, wherever they stand.
 * Arguments: none.
 * Returns: the input with them decoded.
 * Example: `a=0x4142` becomes `a=AB`.
 */
export const sqlHexDecode: Transformation = {
  name: 'sqlHexDecode',
  touches: ['x'],
  creates: null,
  apply: decode,
};

function decode(input: string): string {
  let text = '';
  for (let at = 0; at < input.length; at++) {
    if (!startsHexString(input, at)) {
      text += input.charAt(at);
      continue;
    }
    for (at += 2; hexByteAt(input, at) >= 0; at += 2)
      text += String.fromCharCode(hexByteAt(input, at));
    at--;
  }
  return text;
}

function startsHexString(input: string, at: number): boolean {
  const letter = input[at + 1];
  return input[at] === '0' && (letter === 'x' || letter === 'X') && hexByteAt(input, at + 2) >= 0;
}
