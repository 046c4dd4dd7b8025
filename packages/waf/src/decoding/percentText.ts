import { isUtf8 } from './plausibleText.ts';

const ASCII_MAX = 0x7f;
const BYTE_MAX = 0xff;

/**
 * The value with its percent encoding undone once more, when there is any to undo. Where that would
 * leave no UTF-8, as in the Turkish `%95 indirim`, only escapes of ASCII are undone: one stray escape
 * must not hide the others.
 */
export function decodePercent(text: string): readonly string[] {
  if (!text.includes('%')) return [];
  const parts = text.replaceAll('%u00', '%').split('%');
  const whole = join(parts, BYTE_MAX);
  const decoded = isUtf8(whole) ? whole : join(parts, ASCII_MAX);
  return decoded === text || isPercentSignsAlone(text, decoded) ? [] : [decoded];
}

/** Nothing was hidden but percent signs, as in a link to `100%25-cotton`; with no escape behind them. */
function isPercentSignsAlone(text: string, decoded: string): boolean {
  return text.replaceAll('%25', '%') === decoded && join(decoded.split('%'), BYTE_MAX) === decoded;
}

/** `parts` is what stood between percent signs; escapes of greater bytes than `byteMax` stay. */
function join(parts: readonly string[], byteMax: number): string {
  let decoded = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    const high = hexDigit(part.charCodeAt(0));
    const low = hexDigit(part.charCodeAt(1));
    const byte = high * 16 + low;
    const isEscape = high >= 0 && low >= 0 && byte <= byteMax;
    decoded += isEscape ? String.fromCharCode(byte) + part.slice(2) : `%${part}`;
  }
  return decoded;
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
