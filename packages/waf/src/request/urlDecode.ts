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

export interface Decoded {
  readonly text: string;
  /** Number of `%` that no two hexadecimal digits follow; they stay as they are. */
  readonly invalid: number;
}

/** Decode a form's name or value: `%XX`, and `+` for a space. */
export function urlDecode(text: string): Decoded {
  return percentDecode(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** Decode `%XX`. */
export function percentDecode(text: string): Decoded {
  let percent = text.indexOf('%');
  if (percent === -1) return { text, invalid: 0 };
  let decoded = '';
  let copied = 0;
  let invalid = 0;
  while (percent !== -1) {
    const byte = hexByteAt(text, percent + 1);
    if (byte >= 0) {
      decoded += text.slice(copied, percent) + String.fromCharCode(byte);
      copied = percent + 3;
    } else invalid++;
    percent = text.indexOf('%', byte >= 0 ? copied : percent + 1);
  }
  return { text: decoded + text.slice(copied), invalid };
}
