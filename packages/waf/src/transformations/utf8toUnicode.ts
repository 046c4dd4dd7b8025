import { charactersBetween } from './transformation.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:utf8toUnicode
 *
 * Description: Replaces multi-byte UTF-8 sequences, overlong ones too, by `%uHHHH`; other bytes stay.
 * Arguments: none.
 * Returns: ASCII where the input was UTF-8.
 * Example: `\xc3\xa9` becomes `%u00e9`.
 */
export const utf8toUnicode: Transformation = {
  name: 'utf8toUnicode',
  touches: charactersBetween(0xc0, 0xff),
  creates: null,
  apply: encode,
};

function encode(input: string): string {
  let text = '';
  let copied = 0;
  for (let at = 0; at < input.length; at++) {
    const length = sequenceLength(input.charCodeAt(at));
    if (length === 1 || !hasTail(input, at, length)) continue;
    text += `${input.slice(copied, at)}%u${codePointAt(input, at, length).toString(16).padStart(4, '0')}`;
    at += length - 1;
    copied = at + 1;
  }
  return text + input.slice(copied);
}

function sequenceLength(lead: number): number {
  if (lead >= 0xc0 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf8 ? 4 : 1;
}

function hasTail(input: string, at: number, length: number): boolean {
  for (let offset = 1; offset < length; offset++) {
    if ((input.charCodeAt(at + offset) & 0xc0) !== 0x80) return false;
  }
  return true;
}

function codePointAt(input: string, at: number, length: number): number {
  let code = input.charCodeAt(at) & (0x7f >> length);
  for (let offset = 1; offset < length; offset++) {
    code = (code << 6) | (input.charCodeAt(at + offset) & 0x3f);
  }
  return code;
}
