/** White space of HTML, and the control characters that browsers skip or filters forget. */
export function isBlank(byte: number): boolean {
  return byte >= 0 && byte <= 32;
}

export function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122;
}

export function isQuote(byte: number): boolean {
  return byte === 34 || byte === 39 || byte === 96;
}

/** Code of the byte at the position, -1 past the end. */
export function byteAt(input: string, position: number): number {
  return position < input.length ? input.charCodeAt(position) : -1;
}

/** The first position at or after the given one that is not blank. */
export function skipBlanks(input: string, position: number): number {
  while (isBlank(byteAt(input, position))) position++;
  return position;
}
