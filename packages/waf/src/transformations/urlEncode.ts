import type { Transformation } from './transformation.ts';

/**
 * t:urlEncode
 *
 * Description: Encodes all but letters, digits and `*-_.` as `%xx`, a space as `+`.
 * Arguments: none.
 * Returns: the encoded text.
 * Example: `a b&` becomes `a+b%26`.
 */
export const urlEncode: Transformation = {
  name: 'urlEncode',
  touches: null,
  creates: '%+0123456789abcdef',
  apply: encode,
};

function encode(input: string): string {
  let text = '';
  for (const character of input) {
    if (character === ' ') text += '+';
    else if (isPlain(character)) text += character;
    else text += `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  }
  return text;
}

function isPlain(character: string): boolean {
  const lower = character.toLowerCase();
  return (
    (lower >= 'a' && lower <= 'z') ||
    (character >= '0' && character <= '9') ||
    '*-_.'.includes(character)
  );
}
