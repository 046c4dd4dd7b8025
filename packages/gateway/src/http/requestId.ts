import { randomFillSync } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';

/** Crockford's base 32: no I, L, O, U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeLength = 10;
const randomLength = 16;
const poolSize = randomLength * 256;

/**
 * Makes request ids: `req_`, ten characters of wall time in milliseconds and sixteen of randomness (80 bits), so that
 * ids sort by time and cannot be guessed.
 */
export function createRequestIds(clock: Pick<Clock, 'nowMs'>): () => string {
  const pool = Buffer.allocUnsafe(poolSize);
  let used = poolSize;
  let lastMs = -1;
  let prefix = '';
  return () => {
    const nowMs = clock.nowMs();
    if (nowMs !== lastMs) {
      lastMs = nowMs;
      prefix = `req_${encodeTime(nowMs)}`;
    }
    if (used === poolSize) {
      randomFillSync(pool);
      used = 0;
    }
    let id = prefix;
    for (const end = used + randomLength; used < end; used += 1) id += alphabet[pool[used]! & 31];
    return id;
  };
}

function encodeTime(timeMs: number): string {
  let text = '';
  let rest = Math.floor(timeMs);
  for (let index = 0; index < timeLength; index += 1) {
    text = alphabet[rest % 32]! + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
