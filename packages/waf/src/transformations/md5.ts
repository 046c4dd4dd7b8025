import { fromBytes } from './bytes.ts';
import { paddedWords, rotateLeft } from './digest.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:md5
 *
 * Description: Replaces the input by its MD5 digest (RFC 1321); for identifiers, not for security.
 * Arguments: none.
 * Returns: 16 raw bytes; follow with t:hexEncode to read them.
 * Example: `abc` becomes the bytes `90015098 3cd24fb0 d6963f7d 28e17f72`.
 */
export const md5: Transformation = { name: 'md5', touches: null, creates: null, apply: digest };

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Uint32Array.from({ length: 64 }, (_, round) =>
  Math.floor(Math.abs(Math.sin(round + 1)) * 2 ** 32),
);

function digest(input: string): string {
  const words = paddedWords(input, 'little');
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < words.length; block += 16) {
    compress(state, words.subarray(block, block + 16));
  }
  const bytes = new DataView(new ArrayBuffer(16));
  state.forEach((value, index) => bytes.setUint32(index * 4, value, true));
  return fromBytes(new Uint8Array(bytes.buffer));
}

function compress(state: Uint32Array, block: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let round = 0; round < 64; round++) {
    const [mixed, index] = roundFunction(round, b, c, d);
    const sum = (a + mixed + (SINES[round] ?? 0) + (block[index] ?? 0)) >>> 0;
    const shift = SHIFTS[(round >> 4) * 4 + (round & 3)] ?? 0;
    [a, d, c, b] = [d, c, b, (b + rotateLeft(sum, shift)) >>> 0];
  }
  [a, b, c, d].forEach((value, index) => (state[index] = (state[index] ?? 0) + value));
}

function roundFunction(round: number, b: number, c: number, d: number): [number, number] {
  if (round < 16) return [(b & c) | (~b & d), round];
  if (round < 32) return [(d & b) | (~d & c), (5 * round + 1) % 16];
  if (round < 48) return [b ^ c ^ d, (3 * round + 5) % 16];
  return [c ^ (b | ~d), (7 * round) % 16];
}
