import * as fc from 'fast-check';

/** Characters of generated inputs: few, so that they meet the patterns; one byte beyond ASCII. */
const CHARACTERS = [...'abcAB1_ \n-\xe9'];

/** Atoms that mean the same to RE2 and PCRE on the characters above. */
const ATOMS = [
  'a b c ab 1 _ - \\n \\xe9 \\x61 \\x{62} \\Qa-\\E . (?-s:.) (?i:a) (?i:[b1]) \\w \\W \\d \\D \\s \\S',
  '[ab] [^a] [^\\n] [a-c] [b\\-1] [[:alpha:]] [[:^digit:]] [\\w-] [^\\W\\d]',
].flatMap((line) => line.split(' '));
const ASSERTIONS = ['^', '\\A', '\\z', '\\b', '\\B', '(?m:$)', ''];
const QUANTIFIERS = '* + ? *? +? ?? {2} {1,3} {0,2}? {2,} {2,4} {3,}?'.split(' ');

/** Patterns of the syntax that RE2 and this engine share. */
export const arbitraryPattern: fc.Arbitrary<string> = patternsOf(['(', '(?:', '(?i:', '(?P<']).map(
  numberNames,
);

/** Patterns with look-arounds, of the syntax that ECMAScript (flag s) and this engine share. */
export const arbitraryLookPattern: fc.Arbitrary<string> = patternsOf(
  ['(', '(?:', '(?=', '(?!', '(?<=', '(?<!'],
  ['a', 'b', 'c', 'ab', '1', '_', '.', '\\w', '\\W', '\\d', '[ab]', '[^a]'],
  ['^', '\\b', '\\B'],
);

export const arbitraryInput: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...CHARACTERS), { maxLength: 24 })
  .map((characters) => characters.join(''));

function patternsOf(
  openers: readonly string[],
  atoms: readonly string[] = ATOMS,
  assertions: readonly string[] = ASSERTIONS,
): fc.Arbitrary<string> {
  const repeatedAtom = fc
    .tuple(fc.constantFrom(...atoms), fc.constantFrom(...QUANTIFIERS))
    .map(([atom, quantifier]) => `(?:${atom})${quantifier}`);
  const { alternation } = fc.letrec<Record<'alternation' | 'sequence' | 'item' | 'group', string>>(
    (tie) => ({
      alternation: fc
        .array(tie('sequence'), { minLength: 1, maxLength: 3 })
        .map((branches) => branches.join('|')),
      sequence: fc.array(tie('item'), { maxLength: 4 }).map((items) => items.join('')),
      item: fc.oneof(
        { depthSize: 'small' },
        { arbitrary: fc.constantFrom(...atoms), weight: 6 },
        { arbitrary: fc.constantFrom(...assertions), weight: 1 },
        { arbitrary: repeatedAtom, weight: 3 },
        { arbitrary: tie('group'), weight: 3 },
      ),
      group: fc
        .tuple(
          fc.constantFrom(...openers),
          tie('alternation'),
          fc.constantFrom('', '', ...QUANTIFIERS),
        )
        .map(([open, body, quantifier]) =>
          /^\(\?<?[=!]/.test(open) ? `${open}${body})` : `${open}${body})${quantifier}`,
        ),
    }),
  );
  return alternation;
}

/** Gives each named group a name of its own. */
function numberNames(pattern: string): string {
  let count = 0;
  return pattern.replaceAll('(?P<', () => `(?P<n${count++}>`);
}
