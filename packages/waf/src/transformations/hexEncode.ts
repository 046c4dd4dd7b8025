import type { Transformation } from './transformation.ts';

/**
 * t:hexEncode
 *
 * Description: Encodes every byte as two hexadecimal digits.
 * Arguments: none.
 * Returns: lower-case hexadecimal digits.
 * Example: `Az` becomes `417a`.
 */
export const hexEncode: Transformation = {
  name: 'hexEncode',
  touches: null,
  creates: '0123456789abcdef',
  apply: encode,
};

function encode(input: string): string {
  let text = '';
  for (let at = 0; at < input.length; at++) {
    text += input.charCodeAt(at).toString(16).padStart(2, '0');
  }
  return text;
}
