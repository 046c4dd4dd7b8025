import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  findKeyTexts,
  formatKey,
  keyTextLength,
  newKeyId,
  newSecret,
  parseKey,
} from './keyText.ts';

const base62 = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9A-Za-z]{${length}}$`), { size: 'max' });
const parts = fc.record(
  {
    environment: fc.constantFrom('live' as const, 'test' as const),
    id: base62(12),
    secret: base62(43),
  },
  { noNullPrototype: true },
);

describe('the text of a key', () => {
  it('reads back as what it was made of', () => {
    fc.assert(fc.property(parts, (key) => assert.deepEqual(parseKey(formatKey(key)), key)));
  });

  it('has one length, and selects as one word', () => {
    fc.assert(
      fc.property(parts, (key) => {
        const text = formatKey(key);
        assert.equal(text.length, keyTextLength);
        assert.match(text, /^\w+$/);
      }),
    );
  });

  it('is refused after any change of one character', () => {
    fc.assert(
      fc.property(parts, fc.nat(keyTextLength - 1), base62(1), (key, index, other) => {
        const text = formatKey(key);
        fc.pre(text[index] !== other);
        assert.equal(parseKey(text.slice(0, index) + other + text.slice(index + 1)), null);
      }),
    );
  });

  it('is refused when cut, lengthened, or of another form', () => {
    const text = formatKey({ environment: 'live', id: newKeyId(), secret: newSecret() });
    for (const wrong of [
      '',
      text.slice(0, -1),
      `${text}0`,
      ` ${text}`,
      `${text}\n`,
      text.toUpperCase(),
      text.replace('fg_', 'FG_'),
      text.replace('live', 'prod'),
      text.replaceAll('_', '-'),
    ]) {
      assert.equal(parseKey(wrong), null, JSON.stringify(wrong));
    }
  });

  it('has 12 characters of id and 256 bits of secret, never twice the same', () => {
    const ids = new Set(Array.from({ length: 1000 }, newKeyId));
    const secrets = new Set(Array.from({ length: 1000 }, newSecret));
    assert.equal(ids.size, 1000);
    assert.equal(secrets.size, 1000);
    for (const id of ids) assert.match(id, /^[0-9A-Za-z]{12}$/);
    for (const secret of secrets) assert.match(secret, /^[0-9A-Za-z]{43}$/);
  });

  it('is found inside other text', () => {
    const text = formatKey({ environment: 'test', id: newKeyId(), secret: newSecret() });
    assert.deepEqual(findKeyTexts(`https://host/path?key=${text}&x=1`), [text]);
    assert.deepEqual(findKeyTexts('fg_live_short'), []);
  });
});
