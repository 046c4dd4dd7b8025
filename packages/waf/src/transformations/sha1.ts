import { fromBytes } from './bytes.ts';
import { paddedWords, rotateLeft } from './digest.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:sha1
 *
 * Description: Replaces the input by its SHA-1 digest (FIPS 180-4); for identifiers, not for security.
 * Arguments: none.
 * Returns: 20 raw bytes; follow with t:hexEncode to read them.
 * Example: `abc` becomes the bytes `a9993e36 4706816a ba3e2571 7850c26c 9cd0d89d`.
 */
export const sha1: Transformation = { name: 'sha1', touches: null, creates: null, apply: digest };

function digest(input: string): string {
  const words = paddedWords(input, 'big');
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const schedule = new Uint32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    schedule.set(words.subarray(block, block + 16));
    for (let round = 16; round < 80; round++) {
      const mixed =
        word(schedule, round - 3) ^
        word(schedule, round - 8) ^
        word(schedule, round - 14) ^
        word(schedule, round - 16);
      schedule[round] = rotateLeft(mixed, 1);
    }
    compress(state, schedule);
  }
  const bytes = new DataView(new ArrayBuffer(20));
  state.forEach((value, index) => bytes.setUint32(index * 4, value));
  return fromBytes(new Uint8Array(bytes.buffer));
}

function compress(state: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let round = 0; round < 80; round++) {
    const [mixed, constant] = roundFunction(round, b, c, d);
    const next = (rotateLeft(a, 5) + mixed + e + constant + word(schedule, round)) >>> 0;
    [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
  }
  [a, b, c, d, e].forEach((value, index) => (state[index] = word(state, index) + value));
}

function roundFunction(round: number, b: number, c: number, d: number): [number, number] {
  if (round < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (round < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (round < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function word(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}
