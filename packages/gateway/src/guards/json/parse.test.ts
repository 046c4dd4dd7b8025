import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseJson } from './parse.ts';
import { scanJson } from './scan.ts';

const limits = { depthMax: 8, valuesMax: 100 };
const bytesOf = (text: string) => Buffer.from(text, 'utf8');
const parse = (text: string) => parseJson(bytesOf(text), limits);

describe('a plain JSON value', () => {
  it('is read as it stands', () => {
    const texts = [
      'null',
      '"a"',
      '-0.5e3',
      ' {"a":[1,{"b":"\\u00e9\\"\\\\"}],"":true} \n',
      '"\\ud83d\\ude00"',
      '"😀é"',
      '{"a":{"a":{"a":1}}}',
      '{"a:,{}[]\\"":1}',
    ];
    for (const text of texts) assert.deepEqual(parse(text), { json: JSON.parse(text) }, text);
  });

  it('of any kind survives', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const value = JSON.parse(text);
        fc.pre(
          !text.includes('__proto__') &&
            text.isWellFormed() &&
            JSON.stringify(value).isWellFormed(),
        );
        const read = parseJson(bytesOf(text), { depthMax: 64, valuesMax: 10_000 });
        assert.deepEqual(read, { json: value });
      }),
    );
  });
});

describe('bytes that parsers read differently', () => {
  const rows: readonly (readonly [name: string, bytes: Uint8Array, reason: RegExp])[] = [
    ['nothing', bytesOf(''), /one JSON value/],
    ['blanks', bytesOf('  '), /one JSON value/],
    ['two values', bytesOf('{} {}'), /one JSON value/],
    ['a trailing comma', bytesOf('[1,]'), /one JSON value/],
    ['a comment', bytesOf('{}//'), /one JSON value/],
    ['single quotes', bytesOf("{'a':1}"), /one JSON value/],
    ['NaN', bytesOf('NaN'), /one JSON value/],
    ['a leading zero', bytesOf('01'), /one JSON value/],
    ['an open text', bytesOf('{"a":"b'), /one JSON value/],
    ['an open escape', bytesOf('"\\'), /one JSON value/],
    ['a byte order mark', bytesOf('\ufeff{}'), /one JSON value/],
    ['UTF-16', Buffer.from('{}', 'utf16le'), /one JSON value/],
    ['broken UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), /one JSON value/],
    ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), /one JSON value/],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), /one JSON value/],
    ['a raw control character', bytesOf('"a\nb"'), /one JSON value/],
    ['a member twice', bytesOf('{"a":1,"a":2}'), /twice/],
    ['a member twice, escaped', bytesOf('{"a":1,"\\u0061":2}'), /twice/],
    ['a member twice, deep inside', bytesOf('[{"x":{"a":1,"b":2,"a":1}}]'), /twice/],
    ['a lone high surrogate', bytesOf('"\\ud800"'), /surrogate/],
    ['a lone low surrogate', bytesOf('["\\udc00x"]'), /surrogate/],
    ['a lone surrogate in a name', bytesOf('{"\\ud800":1}'), /surrogate/],
    ['a number that is too large', bytesOf('{"a":1e999}'), /out of range/],
    ['__proto__', bytesOf('{"__proto__":{"a":1}}'), /__proto__/],
    ['__proto__, escaped', bytesOf('{"a":[{"__pr\\u006fto__":1}]}'), /__proto__/],
    ['nine levels', bytesOf('[[[[[[[[[]]]]]]]]]'), /deeper than 8/],
    ['nine levels, open', bytesOf('{"a":[[[[[[[['), /deeper than 8/],
    ['101 values', bytesOf(`[${Array(100).fill(0).join()}]`), /more than 100 values/],
  ];
  for (const [name, bytes, reason] of rows) {
    it(`are refused: ${name}`, () => {
      const read = parseJson(bytes, limits);
      assert.match('malformed' in read ? read.malformed : 'accepted', reason);
    });
  }

  it('are counted', () => assert.equal(rows.length, 28));
});

describe('limits', () => {
  it('take what is just within', () => {
    assert.ok('json' in parse('[[[[[[[[]]]]]]]]'));
    assert.ok('json' in parse(`[${Array(98).fill(0).join()}]`));
  });

  it('are checked before anything is built', () => {
    const bombs = ['['.repeat(5_000_000), '{"a":'.repeat(1_000_000), `[${'{},'.repeat(1_000_000)}`];
    for (const text of bombs) assert.ok('malformed' in parse(text));
  });
});

describe('the scan', () => {
  it('counts outside of texts only', () => {
    const counts = scanJson(bytesOf('{"a[{:,\\"]}":["}","\\\\",{"b":1}]}'));
    assert.deepEqual(counts, { depthMax: 3, members: 2, values: 6 });
  });

  it('agrees with the parser about every value', () => {
    const countOf = (value: unknown): { members: number; values: number; depth: number } => {
      if (typeof value !== 'object' || value === null) return { members: 0, values: 1, depth: 0 };
      const inner = Object.values(value).map(countOf);
      const sum = (pick: (one: ReturnType<typeof countOf>) => number) =>
        inner.reduce((total, one) => total + pick(one), 0);
      return {
        members: (Array.isArray(value) ? 0 : inner.length) + sum((one) => one.members),
        values: 1 + sum((one) => one.values),
        depth: 1 + Math.max(0, ...inner.map((one) => one.depth)),
      };
    };
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!text.includes('__proto__'));
        const real = countOf(JSON.parse(text));
        const counts = scanJson(bytesOf(text));
        assert.equal(counts.members, real.members);
        assert.equal(counts.depthMax, real.depth);
        assert.ok(counts.values >= real.values);
      }),
    );
  });
});
