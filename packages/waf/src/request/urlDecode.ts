const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** The value of a hexadecimal digit's char code, or -1. */
export function hexValue(code: number): number {
  return HEX[code] ?? -1;
}

/** The byte that two hexadecimal digits at an offset stand for, or -1. */
export function hexByteAt(text: string, at: number): number {
  const high = hexValue(text.charCodeAt(at));
  const low = hexValue(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Decode `+` and `%XX`; an invalid escape stays as it is. `invalid` counts those. */
export function urlDecode(text: string): { text: string; invalid: number } {
  if (!text.includes('%')) {
    return { text: text.includes('+') ? text.replaceAll('+', ' ') : text, invalid: 0 };
  }
  let decoded = '';
  let copied = 0;
  let invalid = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2b) {
      decoded += text.slice(copied, at) + ' ';
      copied = at + 1;
    } else if (code === 0x25) {
      const byte = hexByteAt(text, at + 1);
      if (byte < 0) {
        invalid++;
        continue;
      }
      decoded += text.slice(copied, at) + String.fromCharCode(byte);
      at += 2;
      copied = at + 1;
    }
  }
  return { text: decoded + text.slice(copied), invalid };
}
