import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TRANSFORMATIONS, TRANSFORMATION_NAMES } from './transformations.ts';
import type { Transformation } from './transformation.ts';

const VECTORS: readonly (readonly [name: string, input: string, output: string])[] = [
  ['lowercase', 'SeLeCT \xc9', 'select \xc9'],
  ['uppercase', 'select \xe9', 'SELECT \xe9'],
  ['length', 'abc', '3'],
  ['removeNulls', 'a\0b', 'ab'],
  ['replaceNulls', 'a\0b', 'a b'],
  ['hexEncode', 'Az\xff', '417aff'],
  ['hexDecode', '417aFF', 'Az\xff'],
  ['hexDecode', '41zz41', 'A'],
  ['sqlHexDecode', 'a=0x4142 0xz', 'a=AB 0xz'],
  ['trim', ' \ta b\n', 'a b'],
  ['trimLeft', ' \ta ', 'a '],
  ['trimRight', ' a \n', ' a'],
  ['removeWhitespace', 'a \t\n\r\v\f\xa0b', 'ab'],
  ['compressWhitespace', 'a \t\n b  c', 'a b c'],
  ['replaceComments', 'a/* b */c/*d', 'a c '],
  ['replaceComments', 'a*/b', 'a*/b'],
  ['removeComments', 'a/*b*/c<!--d-->e', 'ace'],
  ['removeComments', 'a--b', 'a '],
  ['removeComments', 'a#b', 'a '],
  ['removeComments', 'a/*b', 'a '],
  ['removeCommentsChar', 'a/*b*/c--d#e<!--f-->g', 'abcdefg'],
  ['cmdLine', 'C^"A\'t\\', 'cat'],
  ['cmdLine', 'a ,;\t b', 'a b'],
  ['cmdLine', 'cat /etc (x', 'cat/etc(x'],
  ['urlDecode', '%41+%zz%4', 'A %zz%4'],
  ['urlDecodeUni', '%u0041%uff1cb+%41', 'A<b A'],
  ['urlDecodeUni', '%u2215%u2019%u1234%uzz', "/'4%uzz"],
  ['urlEncode', 'a b&*-_.\xff', 'a+b%26*-_.%ff'],
  ['jsDecode', '\\u0041\\uff1c\\x42\\103\\n\\z\\400\\', 'A<BC\nz 0\\'],
  ['escapeSeqDecode', '\\x41\\102\\t\\z\\', 'AB\tz\\'],
  ['cssDecode', 'ja\\76 a\\s\\\nc\\00ff1c\\', 'javasc<'],
  ['htmlEntityDecode', '&lt;&#60;&#x3c;&QUOT;&amp;&nbsp;&zz;&#;', '<<<"&\xa0&zz;&#;'],
  ['htmlEntityDecode', '&lt&#60a', '<<a'],
  ['utf8toUnicode', 'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff', 'a%u00e9%u20ac%u1f600\xff'],
  ['utf8toUnicode', '\xc0\xbc', '%u003c'],
  ['normalizePath', '/a/./b/../c//d/', '/a/c/d/'],
  ['normalizePath', '/../../a', '/a'],
  ['normalizePath', '../../a/..', '../..'],
  ['normalizePath', '/..', '/'],
  ['normalizePathWin', 'a\\..\\b', 'b'],
  ['base64Decode', 'YWJj', 'abc'],
  ['base64Decode', 'YWI=', 'ab'],
  ['base64Decode', 'YW\r\nI', 'ab'],
  ['base64Decode', 'YWJj$$$$', 'abc'],
  ['base64DecodeExt', 'Y W.J\tj', 'abc'],
  ['base64Encode', 'ab\xff', 'YWL/'],
];

const DIGESTS: readonly (readonly [name: string, input: string, hex: string])[] = [
  ['md5', '', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['md5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['md5', 'a'.repeat(119), '8a7bd0732ed6a28ce75f6dabc90e1613'],
  ['sha1', '', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
];

function named(name: string): Transformation {
  const transformation = TRANSFORMATIONS.get(name.toLowerCase());
  assert.ok(transformation, `there is no transformation ${name}`);
  return transformation;
}

const bytes = fc.oneof(
  fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      'A',
      'x',
      'u',
      '0',
      '4',
      'f',
      ' ',
      '\t',
      '/',
      '.',
      '*',
      '-',
      '<',
      '!',
      '>',
      '%',
      '+',
      '&',
      '#',
      ';',
      '\\',
      '"',
      '(',
      '=',
      '\xc3',
      '\xa9',
      '\0',
    ),
    maxLength: 30,
  }),
);

describe('a transformation', () => {
  it('gives what ModSecurity gives', () => {
    assert.ok(VECTORS.length >= 46);
    for (const [name, input, output] of VECTORS) {
      assert.equal(named(name).apply(input), output, `${name} of ${JSON.stringify(input)}`);
    }
  });

  it('gives the published digests', () => {
    for (const [name, input, hex] of DIGESTS) {
      assert.equal(named('hexEncode').apply(named(name).apply(input)), hex, `${name} of ${input}`);
    }
  });

  it('is covered by a vector', () => {
    const covered = new Set([...VECTORS, ...DIGESTS].map(([name]) => name));
    assert.deepEqual(
      TRANSFORMATION_NAMES.filter((name) => !covered.has(name)),
      [],
    );
  });

  it('is also known by the British spelling', () => {
    assert.equal(named('normalisePath'), named('normalizePath'));
    assert.equal(named('normalisePathWin'), named('normalizePathWin'));
  });

  for (const name of TRANSFORMATION_NAMES) {
    const { apply, touches, creates, changesCase } = named(name);

    it(`${name} keeps its output within bytes`, () => {
      fc.assert(
        fc.property(bytes, (input) => {
          for (const character of apply(input)) assert.ok(character.charCodeAt(0) <= 0xff);
        }),
      );
    });

    it(`${name} changes only texts that hold one of its marks`, () => {
      fc.assert(
        fc.property(bytes, (input) => {
          const output = apply(input);
          if (output === input || touches === null) return;
          const lower = input.toLowerCase();
          const isTouched = touches.some((mark) => lower.includes(mark.toLowerCase()));
          if (changesCase !== undefined && output.toLowerCase() === lower) return;
          assert.ok(isTouched, `${JSON.stringify(input)} became ${JSON.stringify(output)}`);
        }),
        { numRuns: 500 },
      );
    });

    it(`${name} brings in no bytes but those it names`, () => {
      fc.assert(
        fc.property(bytes, (input) => {
          if (creates === null) return;
          const allowed = (input + creates).toLowerCase();
          for (const character of apply(input).toLowerCase())
            assert.ok(allowed.includes(character));
        }),
        { numRuns: 300 },
      );
    });
  }
});
