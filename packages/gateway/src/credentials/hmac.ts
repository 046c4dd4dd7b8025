import { hash } from 'node:crypto';

const blockBytes = 64;
const digestBytes = 32;

/**
 * HMAC-SHA-256 (RFC 2104) under one key of at most 64 bytes, for many short texts: two one-shot hashes behind pads that
 * are made once. An object of `createHmac` for each text costs twice as much, and the garbage collector once more.
 */
export function hmacSha256(key: Uint8Array): (text: string) => Buffer {
  if (key.length > blockBytes) throw new RangeError('a key of HMAC-SHA-256 has at most 64 bytes');
  const inner = padded(key, 0x36, 256);
  const outer = padded(key, 0x5c, digestBytes);
  return (text) => {
    const bytes = Buffer.byteLength(text);
    const whole = blockBytes + bytes;
    const message = whole <= inner.length ? inner : Buffer.concat([inner], whole);
    message.write(text, blockBytes);
    outer.write(hash('sha256', message.subarray(0, whole), 'binary'), blockBytes, 'latin1');
    return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
  };
}

/** The key in a block of its own, mixed with `pad`, and room behind it. */
function padded(key: Uint8Array, pad: number, roomBytes: number): Buffer {
  const block = Buffer.alloc(blockBytes + roomBytes);
  block.set(key);
  for (let index = 0; index < blockBytes; index += 1) block[index]! ^= pad;
  return block;
}
