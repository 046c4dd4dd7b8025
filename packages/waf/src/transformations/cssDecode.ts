import { hexValue } from '../request/urlDecode.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:cssDecode
 *
 * Description: Decodes CSS escapes (CSS 2, section 4.1.3) of one to six hexadecimal digits to their low byte, full-width forms to ASCII.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `ja\76 ascript` becomes `javascript`.
 */
export const cssDecode: Transformation = {
  name: 'cssDecode',
  touches: ['\\'],
  creates: null,
  apply: decode,
};

function decode(input: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const backslash = input.indexOf('\\', at);
    if (backslash === -1) return text + input.slice(at);
    text += input.slice(at, backslash);
    at = backslash + 1;
    let digits = 0;
    while (digits < 6 && hexValue(input.charCodeAt(at + digits)) >= 0) digits++;
    if (digits > 0) {
      text += String.fromCharCode(escapedByte(input.slice(at, at + digits)));
      at += digits;
      if (isSpace(input.charCodeAt(at))) at++;
    } else if (input[at] === '\n') at++;
    else if (at < input.length) text += input.charAt(at++);
  }
}

/** The low byte of the code; U+FF01 to U+FF5E become ASCII. */
function escapedByte(digits: string): number {
  const code = Number.parseInt(digits, 16);
  const low = code & 0xff;
  const isFullWidth = digits.length >= 4 && code >> 8 === 0xff && low > 0 && low < 0x5f;
  return isFullWidth ? low + 0x20 : low;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
