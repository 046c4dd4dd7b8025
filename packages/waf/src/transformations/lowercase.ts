import type { Transformation } from './transformation.ts';

/**
 * t:lowercase
 *
 * Description: Lower-cases ASCII letters.
 * Arguments: none.
 * Returns: the input in lower case.
 * Example: `SeLeCT` becomes `select`.
 */
export const lowercase: Transformation = {
  name: 'lowercase',
  touches: [],
  creates: '',
  changesCase: 'upper',
  apply: (input) => asciiLowerCase(input),
};

/** Lower-case the letters A to Z and no others. */
export function asciiLowerCase(input: string): string {
  const lower = input.toLowerCase();
  if (!hasLatin1Capital(input)) return lower;
  let text = '';
  for (let at = 0; at < input.length; at++) {
    text += input.charCodeAt(at) < 0x80 ? lower.charAt(at) : input.charAt(at);
  }
  return text;
}

/** Whether the language's own lower-casing would change a byte above 0x7f. */
function hasLatin1Capital(input: string): boolean {
  for (let at = 0; at < input.length; at++) {
    const code = input.charCodeAt(at);
    if (code >= 0xc0 && code <= 0xde && code !== 0xd7) return true;
  }
  return false;
}
