import type { Transformation } from './transformation.ts';

/**
 * t:compressWhitespace
 *
 * Description: Replaces every run of white space by one space.
 * Arguments: none.
 * Returns: the input with single spaces.
 * Example: `a \t b` becomes `a b`.
 */
export const compressWhitespace: Transformation = {
  name: 'compressWhitespace',
  touches: ['  ', '\t', '\n', '\r', '\v', '\f'],
  creates: ' ',
  apply: compress,
};

function compress(input: string): string {
  let text = '';
  let copied = 0;
  for (let at = 0; at < input.length; at++) {
    if (!isSpace(input.charCodeAt(at))) continue;
    text += input.slice(copied, at) + ' ';
    while (isSpace(input.charCodeAt(at + 1))) at++;
    copied = at + 1;
  }
  return text + input.slice(copied);
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
