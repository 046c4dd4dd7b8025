import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { compileRegex, type RegexFlags } from './regex.ts';
import {
  arbitraryInput,
  arbitraryLookPattern,
  arbitraryPattern,
} from './testing/arbitraryPattern.ts';
import { oracleSlots } from './testing/oracle.ts';

const AMPLE = 1e9;
const arbitraryInputs = fc.array(arbitraryInput, { minLength: 1, maxLength: 8 });

function exec(pattern: string, input: string, flags?: RegexFlags) {
  return compileRegex(pattern, flags).exec(input, { left: AMPLE });
}

describe('agreement with RE2', () => {
  test('test and exec find what RE2 finds, with its groups', () => {
    let matches = 0;
    fc.assert(
      fc.property(arbitraryPattern, arbitraryInputs, (pattern, inputs) => {
        const regex = compileRegex(pattern);
        for (const input of inputs) {
          const slots = oracleSlots(pattern, input);
          const expected = slots && groupsOf(input, slots);
          assert.equal(regex.test(input, { left: AMPLE }), slots !== null, pattern);
          assert.deepEqual(regex.exec(input, { left: AMPLE }), expected, pattern);
          matches += Number(slots !== null);
        }
      }),
      { numRuns: 3000 },
    );
    assert.ok(matches > 3000, `only ${matches} matches were compared`);
  });

  function groupsOf(input: string, slots: readonly number[]): (string | undefined)[] {
    return Array.from({ length: slots.length / 2 }, (_, group) => {
      const start = slots[2 * group]!;
      return start < 0 ? undefined : input.slice(start, slots[2 * group + 1]);
    });
  }
});

describe('agreement with ECMAScript, where RE2 has no say', () => {
  test('a pattern with look-arounds matches where ECMAScript says so', () => {
    fc.assert(
      fc.property(arbitraryLookPattern, arbitraryInputs, (pattern, inputs) => {
        const regex = compileRegex(pattern);
        const oracle = new RegExp(pattern, 's');
        for (const input of inputs) {
          assert.equal(
            regex.test(input, { left: AMPLE }),
            oracle.test(input),
            JSON.stringify([pattern, input]),
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('a pattern with back-references matches where ECMAScript says so', () => {
    const tail = fc.constantFrom(
      '\\1',
      '\\1*',
      '\\1+b',
      '.*\\1',
      '(?:\\1|c)+',
      '(?!\\1)',
      '(?=\\1)a',
      '(?!b\\1)\\w',
      '\\b\\1\\b',
    );
    fc.assert(
      fc.property(
        arbitraryLookPattern,
        fc.array(tail, { minLength: 1, maxLength: 3 }),
        arbitraryInputs,
        (head, tails, inputs) => {
          const pattern = `(${withoutCaptures(head)})${tails.join('')}`;
          const regex = compileRegex(pattern);
          const oracle = new RegExp(pattern, 's');
          for (const input of inputs) {
            assert.equal(
              regex.test(input, { left: AMPLE }),
              oracle.test(input),
              JSON.stringify([pattern, input]),
            );
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  function withoutCaptures(pattern: string): string {
    return pattern.replaceAll(/\((?!\?)/g, '(?:');
  }
});

describe('the meaning that PCRE gives', () => {
  const cases: readonly [
    pattern: string,
    input: string,
    match: string | null,
    flags?: RegexFlags,
  ][] = [
    // anchors
    ['a$', 'a\n', 'a'],
    ['a$', 'a\n\n', null],
    ['a\\Z', 'a\n', 'a'],
    ['a\\z', 'a\n', null],
    ['a$\\n', 'a\n', 'a\n'],
    ['^b', 'a\nb', null],
    ['^b', 'a\nb', 'b', { multiline: true }],
    ['(?m)^b$', 'a\nb\nc', 'b'],
    ['(?m)a$(?-m)', 'a\nb', 'a'],
    ['(?m)^$', 'a\n', null],
    ['(?m)^\\z', '', ''],
    ['$^', '', ''],
    ['\\b', '', null],
    ['\\B', '', ''],
    ['\\b_\\b', '-_-', '_'],
    ['a\\b\\B', 'a', null],
    // dot and flags
    ['a.b', 'a\nb', 'a\nb'],
    ['a.b', 'a\nb', null, { dotAll: false }],
    ['(?-s)a.b', 'a\nb', null],
    ['(?-s)a(?s).b', 'a\nb', 'a\nb'],
    ['(?-s)(?s:a).b', 'a\nb', null],
    ['\\N+', 'a\nb', 'a'],
    ['(?i)straSSe', 'STRASSE', 'STRASSE'],
    ['(?i:a)b', 'Ab', 'Ab'],
    ['(?i:a)b', 'AB', null],
    ['a(?i)b|c', 'C', 'C'],
    ['(?i)\xe9', '\xc9', null],
    ['(?i)[^a]', 'A', null],
    ['ab', 'AB', 'AB', { ignoreCase: true }],
    ['(?x) a b # c\n [ ] d', 'ab d', 'ab d'],
    ['(?#comment)a', 'a', 'a'],
    // classes
    ['\\s+', '\t\n\v\f\r x', '\t\n\v\f\r '],
    ['\\s', '\xa0', null],
    ['\\h+', '\t \xa0\n', '\t \xa0'],
    ['\\v+', ' \n\v\f\r\x85', '\n\v\f\r\x85'],
    ['\\H\\V', 'ab', 'ab'],
    ['\\R\\z', '\r\n', '\r\n'],
    ['\\R\\n', '\r\n', null],
    ['\\w+', '\xe9A_9', 'A_9'],
    ['[\\w.-]+', 'a.-b!', 'a.-b'],
    ['[a-\\d]+', '-a1b', '-a1'],
    ['[]a]+', ']a', ']a'],
    ['[^]a]+', 'b]', 'b'],
    ['[a\\]b]+', 'a]b', 'a]b'],
    ['[\\b]', '\b', '\b'],
    ['[[:punct:][:digit:]]+', 'a1!_b', '1!_'],
    ['[[:^alpha:]]', 'a1', '1'],
    ['[[:word:]]+', '-a_1', 'a_1'],
    ['[[]', '[', '['],
    ['[\\Q^-\\Ea]+', '^-a_', '^-a'],
    ['[\\Q^]\\E-a]+', '^]-a', '^]'],
    ['[\\x{7f}-\\xff]', '\x80', '\x80'],
    ['(?i)[a-f]+', 'ABCDEFG', 'ABCDEF'],
    // escapes
    ['\\x41\\x{42}\\103\\o{104}\\0', 'ABCD\0', 'ABCD\0'],
    ['\\x4', '\x04', '\x04'],
    ['\\x', '\0', '\0'],
    ['\\a\\e\\f\\n\\r\\t\\cA', '\x07\x1b\f\n\r\t\x01', '\x07\x1b\f\n\r\t\x01'],
    ['\\/\\-\\"\\_', '/-"_', '/-"_'],
    ['\\Qa.b\\E.', 'a.bc', 'a.bc'],
    ['\\Qa*', 'a*', 'a*'],
    ['\\Qab\\E*', 'abbb', 'abbb'],
    ['\\12', '\n', '\n'],
    // quantifiers
    ['a{2}', 'aaa', 'aa'],
    ['a{,2}', 'a{,2}', 'a{,2}'],
    ['a{', 'a{', 'a{'],
    ['a{1,2}{2}', 'aaaa', 'aaaa'],
    ['a{0}b', 'ab', 'b'],
    ['<.+?>', '<a><b>', '<a>'],
    ['(?:a|ab)(?:c|bcd)', 'abcd', 'abcd'],
    ['a*+a', 'aaa', null],
    ['a*+b', 'aab', 'aab'],
    ['a++.', 'aab', 'aab'],
    ['a?+a', 'a', null],
    ['a{1,2}+a', 'aaa', 'aaa'],
    ['a{1,2}+a', 'aa', null],
    ['(a)*+$', 'aa', 'aa'],
    // look-around
    ['<\\?(?!xml)', '<?xml <?php', '<?'],
    ['<\\?(?!xml)', '<?xml', null],
    ['(?<!foo)bar', 'foobar', null],
    ['(?<!foo)bar', 'fobar', 'bar'],
    ['(?<=a|bc)d', 'bcd', 'd'],
    ['q(?!u)', 'iraq', 'q'],
    ['(?=.*b)(?!.*c)a', 'ab', 'a'],
    ['(?=.*b)(?!.*c)a', 'abc', null],
    ['(?!(?!a))a', 'a', 'a'],
    ['^(?:(?!--).)*$', 'a-b', 'a-b'],
    ['^(?:(?!--).)*$', 'a--b', null],
    // back-references
    ['(\\w+)=\\1', 'a=b b=b', 'b=b'],
    ['(?i)(a)\\1', 'aA', 'aA'],
    ['(a)\\1', 'aA', null],
    ['(?<q>[\'"]).*?\\k<q>', 'a"b\'c"', '"b\'c"'],
    ['(?:(a)|b)\\1', 'b', null],
    ['(a)(?!\\1)', 'aa', 'a'],
    ['(?i)\\b(\\w+)\\s*(?:=\\s*\\b\\1\\b|<>\\s*(?!\\b\\1\\b)\\w+)', 'or Ab = aB', 'Ab = aB'],
    ['(?i)\\b(\\w+)\\s*(?:=\\s*\\b\\1\\b|<>\\s*(?!\\b\\1\\b)\\w+)', '1=12', null],
    ['(?i)\\b(\\w+)\\s*(?:=\\s*\\b\\1\\b|<>\\s*(?!\\b\\1\\b)\\w+)', '1<>1 2<>3', '2<>3'],
    ['(a)\\g{1}', 'aa', 'aa'],
  ];

  for (const [pattern, input, match, flags] of cases) {
    test(`${JSON.stringify(pattern)} on ${JSON.stringify(input)}${flags ? ` with ${JSON.stringify(flags)}` : ''} finds ${JSON.stringify(match)}`, () => {
      assert.equal(exec(pattern, input, flags)?.[0] ?? null, match);
      assert.equal(compileRegex(pattern, flags).test(input, { left: AMPLE }), match !== null);
    });
  }
});

test('assertions tell all bytes apart when asked to', () => {
  const escapes = Array.from(
    { length: 256 },
    (_, byte) => `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  const regex = compileRegex(escapes.map((escape) => `(?<=${escape})${escape}\\z`).join('|'));
  for (let byte = 0; byte < 256; byte++) {
    const character = String.fromCharCode(byte);
    assert.ok(regex.test(character + character, { left: AMPLE }));
    assert.ok(!regex.test(character + String.fromCharCode(byte ^ 1), { left: AMPLE }));
  }
});

describe('groups', () => {
  test('a group that took no part is undefined', () => {
    assert.deepEqual(exec('(a)|(b)', 'b'), ['b', undefined, 'b']);
  });

  test('a repeated group holds its last turn', () => {
    assert.deepEqual(exec('(?:(a)|(b))+', 'ab'), ['ab', 'a', 'b']);
  });

  test('groups are counted in the order of their parentheses, those of look-arounds too', () => {
    assert.equal(compileRegex('(a(?:b)(?<c>c))(?=(d))').groups, 3);
    assert.deepEqual(exec('(a(?:b)(?<c>c))(?=(d))', 'abcd'), ['abc', 'abc', 'c', undefined]);
  });

  test('the leftmost match wins over one that ends first', () => {
    assert.deepEqual(exec('abcd|c', 'xabcd'), ['abcd']);
    assert.deepEqual(exec('a*b', 'caaab'), ['aaab']);
  });
});

describe('budget', () => {
  test('test and exec give no match when the budget runs out, and leave it below zero', () => {
    for (const pattern of ['x$', '(x)', '(a)\\1x', '(?<!b)x']) {
      const regex = compileRegex(pattern);
      const input = `${'a'.repeat(5000)}x`;
      assert.equal(regex.test(input, { left: AMPLE }), true, pattern);
      for (const method of ['test', 'exec'] as const) {
        const budget = { left: 1000 };
        assert.ok(!regex[method](input, budget), pattern);
        assert.ok(budget.left < 0, pattern);
      }
    }
  });

  test('a spent budget stays spent', () => {
    const budget = { left: -1 };
    assert.equal(compileRegex('a').test('ba', budget), false);
    assert.ok(budget.left < 0);
  });

  test('look-arounds cost in proportion to the input', () => {
    for (const pattern of ['^(?:(?!--).)*$', '(?<=x.*)b', '(?=.*b)(?=.*c)d', 'a(?!(?:a+)+b)z']) {
      const [shorter, longer] = [1000, 2000].map((count) => {
        const budget = { left: AMPLE };
        compileRegex(pattern).exec(`x${'a'.repeat(count)}`, budget);
        return AMPLE - budget.left;
      });
      assert.ok(longer! <= 2.2 * shorter! + 1000, `${pattern}: ${shorter} ${longer}`);
    }
  });

  test('back-references cost what the budget allows, and no more', () => {
    const budget = { left: 1e6 };
    assert.equal(compileRegex('x(a*)(a*)b\\1\\2c').test(`x${'a'.repeat(2000)}bc`, budget), false);
    assert.ok(budget.left < 0);
  });

  test('a warm search costs one unit a byte', () => {
    const regex = compileRegex('(?:a+)+$');
    const input = `${'a'.repeat(10_000)}b`;
    regex.test(input, { left: AMPLE });
    const budget = { left: AMPLE };
    regex.test(input, budget);
    assert.ok(AMPLE - budget.left <= input.length + 1);
  });
});
