import { fromBytes } from './bytes.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const VALUES = new Int8Array(256).fill(-1);
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value;

/** Decode base64 up to the first character that is neither of the alphabet nor skipped. */
export function decodeBase64(input: string, skipped: string): string {
  const bytes = new Uint8Array(Math.floor((input.length * 3) / 4) + 1);
  let length = 0;
  let bits = 0;
  let bitCount = 0;
  for (let at = 0; at < input.length; at++) {
    const value = VALUES[input.charCodeAt(at)] ?? -1;
    if (value < 0) {
      if (skipped.includes(input.charAt(at))) continue;
      break;
    }
    bits = ((bits << 6) | value) & 0xffffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[length++] = bits >> bitCount;
  }
  return fromBytes(bytes, length);
}
