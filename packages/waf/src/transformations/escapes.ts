const CONTROL_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['b', 0x08],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['v', 0x0b],
]);

/** The byte of a C escape such as `n`, or undefined for a letter that stands for itself. */
export function controlEscape(letter: string): number | undefined {
  return CONTROL_ESCAPES.get(letter);
}

/** Up to three octal digits as one byte; a third digit that would exceed it is left. Null when there is none. */
export function octalAt(input: string, at: number): { byte: number; length: number } | null {
  let byte = 0;
  let length = 0;
  while (length < 3) {
    const digit = input.charCodeAt(at + length) - 0x30;
    if (!(digit >= 0 && digit <= 7) || byte * 8 + digit > 0xff) break;
    byte = byte * 8 + digit;
    length++;
  }
  return length === 0 ? null : { byte, length };
}

/** A decoded escape: its byte, and how many characters it took with the backslash. */
export interface Escape {
  readonly byte: number;
  readonly length: number;
}

/** Replaces every escape, which `escapeAt` reads from its backslash on; a backslash at the end stays. */
export function decodeEscapes(
  input: string,
  escapeAt: (input: string, backslash: number) => Escape,
): string {
  let text = '';
  let at = 0;
  for (;;) {
    const backslash = input.indexOf('\\', at);
    if (backslash === -1 || backslash === input.length - 1) return text + input.slice(at);
    const { byte, length } = escapeAt(input, backslash);
    text += input.slice(at, backslash) + String.fromCharCode(byte);
    at = backslash + length;
  }
}
