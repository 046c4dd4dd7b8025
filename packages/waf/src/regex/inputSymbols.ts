import { EDGE, FINAL_NEWLINE } from './symbolSet.ts';

const NEWLINE = 10;

/** The symbol after a position, 0 to the input's length. */
export function symbolAfter(input: string, position: number): number {
  if (position >= input.length) return EDGE;
  const byte = input.charCodeAt(position) & 0xff;
  return byte === NEWLINE && position === input.length - 1 ? FINAL_NEWLINE : byte;
}

/** The symbol before a position. */
export function symbolBefore(input: string, position: number): number {
  return position === 0 ? EDGE : symbolAfter(input, position - 1);
}
