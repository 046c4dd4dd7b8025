import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hmacSha256 } from './hmac.ts';

describe('HMAC-SHA-256', () => {
  it('fits the test cases of RFC 4231 with short keys', () => {
    const cases = [
      [
        Buffer.alloc(20, 0x0b),
        'Hi There',
        'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      ],
      [
        Buffer.from('Jefe'),
        'what do ya want for nothing?',
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      ],
    ] as const;
    for (const [key, text, digest] of cases) {
      assert.equal(hmacSha256(key)(text).toString('hex'), digest);
    }
  });

  it("is Node's own for any key and any texts, one after the other", () => {
    const keys = fc.uint8Array({ maxLength: 64 });
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { minLength: 1 });
    fc.assert(
      fc.property(keys, texts, (key, many) => {
        const digest = hmacSha256(key);
        for (const text of many) {
          assert.deepEqual(digest(text), createHmac('sha256', key).update(text).digest());
        }
      }),
    );
  });

  it('takes no key that would have to be hashed first', () => {
    assert.throws(() => hmacSha256(Buffer.alloc(65)), RangeError);
  });
});
