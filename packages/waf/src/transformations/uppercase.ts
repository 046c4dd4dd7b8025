import type { Transformation } from './transformation.ts';

/**
 * t:uppercase
 *
 * Description: Upper-cases ASCII letters.
 * Arguments: none.
 * Returns: the input in upper case.
 * Example: `select` becomes `SELECT`.
 */
export const uppercase: Transformation = {
  name: 'uppercase',
  touches: [],
  creates: '',
  changesCase: 'lower',
  apply: asciiUpperCase,
};

function asciiUpperCase(input: string): string {
  let text = '';
  for (let at = 0; at < input.length; at++) {
    const code = input.charCodeAt(at);
    text += String.fromCharCode(code >= 0x61 && code <= 0x7a ? code - 0x20 : code);
  }
  return text;
}
