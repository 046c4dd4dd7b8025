import { hexValue } from '../request/urlDecode.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:htmlEntityDecode
 *
 * Description: Decodes HTML character references: decimal and hexadecimal to their low byte, and the names quot, amp, lt, gt, nbsp; the semicolon may be missing.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `&lt;a&#x3e;` becomes `<a>`.
 */
export const htmlEntityDecode: Transformation = {
  name: 'htmlEntityDecode',
  touches: ['&'],
  creates: null,
  apply: decode,
};

const NAMED: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', '\xa0'],
]);

function decode(input: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const ampersand = input.indexOf('&', at);
    if (ampersand === -1) return text + input.slice(at);
    text += input.slice(at, ampersand);
    const reference = referenceAt(input, ampersand + 1);
    text += reference.text;
    at = reference.end;
    if (reference.isDecoded && input[at] === ';') at++;
  }
}

interface Reference {
  readonly text: string;
  readonly end: number;
  readonly isDecoded: boolean;
}

/** The reference after an ampersand; when there is none, the ampersand itself. */
function referenceAt(input: string, at: number): Reference {
  if (input[at] === '#') return numericAt(input, at + 1);
  let end = at;
  while (isAlphanumeric(input.charCodeAt(end))) end++;
  const text = end - at > 4 ? undefined : NAMED.get(input.slice(at, end).toLowerCase());
  if (text === undefined) return { text: '&', end: at, isDecoded: false };
  return { text, end, isDecoded: true };
}

function numericAt(input: string, at: number): Reference {
  const hexadecimal = input[at] === 'x' || input[at] === 'X';
  const base = hexadecimal ? 16 : 10;
  let end = hexadecimal ? at + 1 : at;
  let code = 0;
  let digits = 0;
  for (; ; end++, digits++) {
    const digit = hexValue(input.charCodeAt(end));
    if (digit < 0 || digit >= base) break;
    code = (code * base + digit) & 0xff;
  }
  if (digits === 0) return { text: '&', end: at - 1, isDecoded: false };
  return { text: String.fromCharCode(code), end, isDecoded: true };
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}
