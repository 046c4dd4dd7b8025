import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { compileRegex } from './regex.ts';
import { arbitraryInput, arbitraryPattern } from './testing/arbitraryPattern.ts';

const AMPLE = 1e9;

describe('required literals', () => {
  const cases: readonly [pattern: string, required: readonly string[] | null][] = [
    ['abc', ['abc']],
    ['(?i)UniOn', ['union']],
    ['a|b+', ['a', 'b']],
    ['(?:sel|del)ect|drop', ['select', 'delect', 'drop']],
    ['abcd|xbcy|bc', ['bc']],
    ['union.{1,100}?select', ['select']],
    ['x?y', ['y']],
    ['\\bfoo\\b', ['foo']],
    ['[ab]c', ['ac', 'bc']],
    ['(?:ab){2}', ['abab']],
    ['(?:ab)+', ['ab']],
    ['(?!x)yz', ['yz']],
    ['(q)\\1', ['q']],
    ['\\w+', null],
    ['a*', null],
    ['a|', null],
    ['^$', null],
    ['a|\\w', null],
  ];
  for (const [pattern, required] of cases) {
    test(`of ${pattern} are ${JSON.stringify(required)}`, () => {
      const actual = compileRegex(pattern).required;
      assert.deepEqual(actual?.toSorted() ?? null, required?.toSorted() ?? null);
    });
  }

  test('are the rarer ones where there is a choice', () => {
    assert.deepEqual(compileRegex('a.*zq.*e').required, ['zq']);
  });
});

describe('required bytes', () => {
  test('are the rarest class that no match can do without', () => {
    const bytes = compileRegex('(?i)[a-z]+\\s*=\\s*[<{]').requiredBytes!;
    assert.deepEqual(
      [...bytes.keys()].filter((byte) => bytes[byte] === 1),
      [0x3c, 0x7b],
    );
  });

  test('are unknown where a match can be empty', () => {
    assert.equal(compileRegex('a*|b').requiredBytes, null);
  });
});

test('whatever matches holds a required literal and a required byte', () => {
  let matches = 0;
  fc.assert(
    fc.property(
      arbitraryPattern,
      fc.array(arbitraryInput, { minLength: 1, maxLength: 8 }),
      (pattern, inputs) => {
        const regex = compileRegex(pattern);
        for (const input of inputs) {
          if (!regex.test(input, { left: AMPLE })) continue;
          const lower = input.toLowerCase();
          const { required, requiredBytes } = regex;
          if (required !== null)
            assert.ok(
              required.some((literal) => lower.includes(literal)),
              JSON.stringify([pattern, input, required]),
            );
          if (requiredBytes !== null)
            assert.ok(
              [...input].some((character) => requiredBytes[character.charCodeAt(0)] === 1),
              JSON.stringify([pattern, input]),
            );
          matches += Number(required !== null && requiredBytes !== null);
        }
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(matches > 300, `only ${matches} matches of patterns with requirements`);
});
