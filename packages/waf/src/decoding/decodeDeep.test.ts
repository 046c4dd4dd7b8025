import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { DEEP_DECODING_LIMITS, decodeDeep } from './decodeDeep.ts';

const ample = () => ({ left: 1e9 });
const deep = (value: string) => decodeDeep(value, DEEP_DECODING_LIMITS, ample());
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const PAYLOAD = "' union select 1,2--";

describe('decodeDeep', () => {
  it('unwraps base64 and base64url, as a whole, inside a text and in a data address', () => {
    assert.deepEqual(deep(base64(PAYLOAD)), [PAYLOAD]);
    assert.deepEqual(deep(Buffer.from('<script>~~??alert(1)</script>').toString('base64url')), [
      '<script>~~??alert(1)</script>',
    ]);
    assert.deepEqual(deep(`token ${base64(PAYLOAD)} end`), [PAYLOAD]);
    assert.deepEqual(deep(`data:text/html;base64,${base64('<script>alert(1)</script>')}`), [
      '<script>alert(1)</script>',
    ]);
  });

  it('unwraps UTF-16 in base64 as PowerShell takes it', () => {
    assert.deepEqual(deep(Buffer.from('whoami /all', 'utf16le').toString('base64')), [
      'whoami /all',
    ]);
  });

  it('unwraps names and strings of JSON', () => {
    const found = deep(JSON.stringify({ query: PAYLOAD, list: ['plain', { 'x-name': 1 }] }));
    for (const text of ['query', PAYLOAD, 'plain', 'x-name']) assert.ok(found.includes(text), text);
  });

  it('gives escapes in JSON as UTF-8 bytes', () => {
    assert.deepEqual(deep('"\\u4f60\\u597d!"'), [Buffer.from('你好!').toString('latin1')]);
  });

  it('undoes a second percent encoding', () => {
    assert.deepEqual(deep('%3Cscript%3Ealert(1)%3C/script%3E'), ['<script>alert(1)</script>']);
    assert.deepEqual(deep('%u003cscript%u003e'), ['<script>']);
  });

  it('leaves a percent sign before digits alone, and lets it hide nothing', () => {
    assert.deepEqual(deep('S\u00c4\u00b1n\u00c4\u00b1rl\u00c4\u00b1 %95 indirim'), []);
    assert.deepEqual(deep('%95%27 or 1%3d1'), ["%95' or 1=1"]);
  });

  it('unwraps layers inside layers, up to the limit', () => {
    const twice = base64(base64(PAYLOAD));
    assert.ok(deep(JSON.stringify({ a: twice })).includes(PAYLOAD));
    assert.ok(deep(base64(twice)).includes(PAYLOAD));
    assert.ok(!deep(base64(base64(twice))).includes(PAYLOAD));
  });

  it('leaves words, ids, hashes and prices alone', () => {
    const plain = [
      'documentary',
      'The quick brown fox',
      '5d41402abc4b2a76b9719d911017c592',
      'f47ac10b-58cc-4372-a567-0e02b2c3d479',
      '100% of $5',
      '2024-01-01T00:00:00Z',
      'https://example.com/a/very/long/path/to/some/videofile',
      "O'Brien",
    ];
    for (const value of plain) assert.deepEqual(deep(value), [], value);
  });

  it('keeps to its limits on count, bytes and budget', () => {
    const many = JSON.stringify(Array.from({ length: 500 }, (_, index) => `string ${index}`));
    assert.equal(
      decodeDeep(many, { layersMax: 1, countMax: 10, bytesMax: 1e6 }, ample()).length,
      10,
    );
    const bytes = decodeDeep(many, { layersMax: 1, countMax: 1000, bytesMax: 50 }, ample());
    assert.ok(bytes.reduce((sum, text) => sum + text.length, 0) <= 50);
    const budget = { left: 5 };
    assert.deepEqual(decodeDeep(base64(PAYLOAD), DEEP_DECODING_LIMITS, budget), []);
    assert.ok(budget.left < 0);
  });

  it('finds any text of some length through any single wrapping', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 12 })
      .filter((value) => value.trim().length > 8);
    const wrapping = fc.constantFrom(
      base64,
      (value: string) => JSON.stringify({ a: value }),
      (value: string) => `%41${encodeURIComponent(value)}`,
    );
    fc.assert(
      fc.property(text, wrapping, (value, wrap) => {
        const wrapped = Buffer.from(wrap(value)).toString('latin1');
        const bytes = Buffer.from(value).toString('latin1');
        assert.ok(deep(wrapped).some((found) => found === bytes || found === `A${bytes}`));
      }),
    );
  });

  it('takes steps in proportion to the length of the value', () => {
    for (const pump of ['%41', '%25', 'QUFB', '[', '{"a":', '"\\"', '=']) {
      const value = pump.repeat(30_000);
      const budget = ample();
      decodeDeep(value, DEEP_DECODING_LIMITS, budget);
      assert.ok(1e9 - budget.left <= 12 * value.length, pump);
    }
  });
});
