import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileRegex, RegexSyntaxError } from './regex.ts';

describe('what cannot be compiled is refused with its place', () => {
  const cases: readonly [pattern: string, problem: string, offset: number][] = [
    ['a(b', 'missing closing parenthesis', 1],
    ['a)b', 'unmatched closing parenthesis', 1],
    ['a[b', 'unterminated character class', 1],
    ['[]', 'unterminated character class', 0],
    ['[z-a]', 'range of a character class is out of order', 1],
    ['[[:nope:]]', 'unknown POSIX class "nope"', 1],
    ['[[.a.]]', 'POSIX collating elements are not supported', 1],
    ['[\\B]', '\\B has no meaning in a character class', 1],
    ['[\\g{1}]', 'unsupported escape \\g', 1],
    ['*a', 'nothing to repeat', 0],
    ['a|?', 'nothing to repeat', 2],
    [`a${'*'.repeat(20)}`, 'too many quantifiers in a row', 0],
    ['(?i)*', 'nothing to repeat', 4],
    ['a{3,2}', 'counts of a repeat are out of order', 1],
    ['a{65536}', 'count of a repeat is over 65535', 1],
    ['ab\\', 'backslash at the end of the pattern', 2],
    ['\\y', 'unsupported escape \\y', 0],
    ['\\p{L}', 'unsupported escape \\p', 0],
    ['\\K', 'unsupported escape \\K', 0],
    ['\\G', 'unsupported escape \\G', 0],
    ['\\x{100}', 'escape above 0xff (a pattern is a string of bytes)', 0],
    ['\\777', 'escape above 0xff (a pattern is a string of bytes)', 0],
    ['\\x{4', 'malformed numeric escape', 0],
    ['\\o77', 'malformed numeric escape', 0],
    ['\\c', '\\c must be followed by a printable character', 0],
    ['a\u0100', 'character above 0xff (a pattern is a string of bytes)', 1],
    ['(?>a)', 'atomic groups are not supported', 0],
    ['(?|a)', 'branch reset groups are not supported', 0],
    ['(?(1)a)', 'conditional groups are not supported', 0],
    ['(?R)', 'recursion is not supported', 0],
    ['(*ACCEPT)', 'backtracking verbs are not supported', 0],
    ['(?z)', 'unknown group syntax', 0],
    ['(?i', 'unknown group syntax', 0],
    ['(?#a', 'unterminated comment', 0],
    ['(?<1>a)', 'malformed group name', 0],
    ['(?<a>a)(?<a>b)', 'two groups with one name', 7],
    ['x(?:ab)*+', 'possessive repeat of more than one byte is not supported', 1],
    ['a\\1', 'back-reference to group 1, which does not exist', 1],
    ['a\\k<n>', 'unknown group "n"', 1],
    ['\\k{}', 'malformed back-reference', 0],
    ['(a)\\g{0}', 'back-reference to group 0', 3],
    ['(a\\1)', 'a back-reference inside its own group is not supported', 2],
    ['(?=(a))\\1', 'a back-reference to a group inside a look-around is not supported', 7],
    ['(a)(?<=x\\1)', 'a back-reference inside a look-behind is not supported', 3],
    ['(?:[ab]{1000}c){1000}', 'pattern needs more than 20000 instructions', 0],
    [`${'('.repeat(300)}a${')'.repeat(300)}`, 'groups are nested too deeply', 250],
  ];

  for (const [pattern, problem, offset] of cases) {
    test(`${JSON.stringify(pattern.slice(0, 24))}: ${problem}`, () => {
      assert.throws(
        () => compileRegex(pattern),
        (error) => {
          assert.ok(error instanceof RegexSyntaxError);
          assert.equal(error.message, `${problem} at offset ${offset}`);
          assert.equal(error.offset, offset);
          return true;
        },
      );
    });
  }
});

test('every pattern of random syntax compiles or is refused, and never breaks the parser', () => {
  const pieces = [
    '(',
    ')',
    '[',
    ']',
    '{1,2}',
    '*',
    '?',
    '+',
    '|',
    '\\',
    '^',
    '$',
    '-',
    ':',
    '<',
    '>',
    '=',
    '!',
    'a',
    'Q',
    'E',
    'x',
    '1',
    '(?',
    '[[:',
    ':]',
    '\\E',
    '\\Q',
    '(?i)',
  ];
  let compiled = 0;
  let seed = 1;
  for (let run = 0; run < 20_000; run++) {
    let pattern = '';
    for (let piece = 0; piece < 6; piece++) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      pattern += pieces[(seed >>> 16) % pieces.length]!;
    }
    try {
      compileRegex(pattern);
      compiled++;
    } catch (error) {
      assert.ok(error instanceof RegexSyntaxError, `${pattern}: ${String(error)}`);
    }
  }
  assert.ok(compiled > 500, `only ${compiled} compiled`);
});

test('groups nest as deep as is allowed', () => {
  const nested = `${'(?:'.repeat(250)}a${'b)*'.repeat(250)}`;
  assert.equal(compileRegex(`^${nested}$`).test(`a${'b'.repeat(250)}`, { left: 1e9 }), true);
});
