/** The value with its percent encoding undone once more, when there is any to undo. */
export function decodePercent(text: string): readonly string[] {
  if (!text.includes('%')) return [];
  const decoded = text.replaceAll('%u00', '%').split('%').reduce(appendDecoded);
  return decoded === text ? [] : [decoded];
}

/** `part` is what stood behind a percent sign. */
function appendDecoded(decoded: string, part: string): string {
  const high = hexDigit(part.charCodeAt(0));
  const low = hexDigit(part.charCodeAt(1));
  if (high < 0 || low < 0) return `${decoded}%${part}`;
  return decoded + String.fromCharCode(high * 16 + low) + part.slice(2);
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
