import { decodeBase64 } from '../transformations/base64.ts';
import { isPlausibleText } from './plausibleText.ts';

const WHOLE_BYTES_MIN = 8;
const PART_BYTES_MIN = 20;
const PARTS_MAX = 16;
const PADDING = 61;

const IS_BASE64 = new Uint8Array(256);
for (const symbol of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  IS_BASE64[symbol.charCodeAt(0)] = 1;
}

/**
 * Texts wrapped in base64 or base64url: the whole value, what follows `base64,` in a data address, and
 * long runs inside a value. Text in UTF-16, as PowerShell wraps it, comes out in one byte a character.
 */
export function decodeBase64Texts(text: string): readonly string[] {
  const found: string[] = [];
  for (const run of base64Runs(text)) {
    const bytes = narrow(decodeBase64(run.replaceAll('-', '+').replaceAll('_', '/'), ''));
    if (isPlausibleText(bytes)) found.push(bytes);
  }
  return found;
}

function* base64Runs(text: string): Generator<string> {
  let parts = 0;
  let position = 0;
  const wholeBytes = text.trim().length;
  while (position < text.length && parts < PARTS_MAX) {
    while (position < text.length && !isBase64(text.charCodeAt(position))) position++;
    const start = position;
    while (position < text.length && isBase64(text.charCodeAt(position))) position++;
    while (position < text.length && text.charCodeAt(position) === PADDING) position++;
    const bytes = position - start;
    if (bytes < (bytes === wholeBytes ? WHOLE_BYTES_MIN : PART_BYTES_MIN)) continue;
    parts++;
    yield text.slice(start, position);
  }
}

function isBase64(byte: number): boolean {
  return IS_BASE64[byte] === 1;
}

/** UTF-16 in which every other byte is zero, in one byte a character; other bytes as they are. */
function narrow(bytes: string): string {
  if (bytes.length < 8 || bytes.length % 2 === 1) return bytes;
  let out = '';
  for (let i = 0; i < bytes.length; i += 2) {
    if (bytes.charCodeAt(i + 1) !== 0) return bytes;
    out += bytes[i];
  }
  return out;
}
