const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const VALUES = new Int8Array(256).fill(-1);
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value;

/** Decode base64 up to the first character that is neither of the alphabet nor skipped. */
export function decodeBase64(input: string, skipped: string): string {
  let text = '';
  let bits = 0;
  let digits = 0;
  for (let at = 0; at < input.length; at++) {
    const value = VALUES[input.charCodeAt(at)] ?? -1;
    if (value < 0) {
      if (skipped.includes(input.charAt(at))) continue;
      break;
    }
    bits = (bits << 6) | value;
    if (++digits < 4) continue;
    text += String.fromCharCode(bits >> 16, (bits >> 8) & 0xff, bits & 0xff);
    bits = 0;
    digits = 0;
  }
  if (digits === 2) return text + String.fromCharCode(bits >> 4);
  return digits === 3 ? text + String.fromCharCode(bits >> 10, (bits >> 2) & 0xff) : text;
}
