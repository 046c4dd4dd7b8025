import { hexByteAt } from '../request/urlDecode.ts';
import { bestFitAscii } from './bestFit.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:urlDecodeUni
 *
 * Description: Decodes `%XX`, `+` and the IIS form `%uHHHH`, which becomes its best-fit ASCII character or else its low byte; an invalid escape stays.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `%u2215a+%41` becomes `/a A`.
 */
export const urlDecodeUni: Transformation = {
  name: 'urlDecodeUni',
  touches: ['%', '+'],
  creates: null,
  apply: decode,
};

function decode(input: string): string {
  let text = '';
  let copied = 0;
  for (let at = 0; at < input.length; at++) {
    const code = input.charCodeAt(at);
    if (code !== 0x25 && code !== 0x2b) continue;
    const escape = code === 0x2b ? SPACE : escapeAt(input, at);
    if (escape === null) continue;
    text += input.slice(copied, at) + String.fromCharCode(escape.byte);
    at += escape.length - 1;
    copied = at + 1;
  }
  return text + input.slice(copied);
}

const SPACE = { byte: 0x20, length: 1 };

function escapeAt(input: string, at: number): { byte: number; length: number } | null {
  const letter = input[at + 1];
  if (letter !== 'u' && letter !== 'U') {
    const byte = hexByteAt(input, at + 1);
    return byte < 0 ? null : { byte, length: 3 };
  }
  const high = hexByteAt(input, at + 2);
  const low = hexByteAt(input, at + 4);
  if (high < 0 || low < 0) return null;
  return { byte: bestFitAscii(high * 256 + low) ?? low, length: 6 };
}
