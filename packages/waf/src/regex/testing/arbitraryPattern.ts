import * as fc from 'fast-check';

/** Characters of generated patterns and inputs: few, so that they meet; one byte beyond ASCII. */
const CHARACTERS = ['a', 'b', 'c', 'A', 'B', '1', '_', ' ', '\n', '-', '\xe9'];

/** Atoms and assertions that mean the same to RE2 and PCRE on the characters above. */
const ATOMS = [
  ...['a', 'b', 'c', 'ab', '1', '_', ' ', '\\n', '-', '\\xe9', '.', '(?-s:.)'],
  ...[
    '[ab]',
    '[^a]',
    '[^\\n]',
    '[a-c]',
    '[b\\-1]',
    '[[:alpha:]]',
    '[[:^digit:]]',
    '[\\w-]',
    '[^\\W\\d]',
  ],
  ...[
    '\\w',
    '\\W',
    '\\d',
    '\\D',
    '\\s',
    '\\S',
    '\\x61',
    '\\x{62}',
    '\\Qa-\\E',
    '(?i:a)',
    '(?i:[b1])',
  ],
];
const ASSERTIONS = ['^', '\\A', '\\z', '\\b', '\\B', '(?m:$)', ''];
const QUANTIFIERS = [
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,3}',
  '{0,2}?',
  '{2,}',
  '{2,4}',
  '{3,}?',
];

/** Patterns of the syntax that RE2 and this engine share. */
export const arbitraryPattern: fc.Arbitrary<string> = fc
  .letrec<{
    alternation: string;
    sequence: string;
    item: string;
    group: string;
  }>((tie) => ({
    alternation: fc
      .array(tie('sequence'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('|')),
    sequence: fc.array(tie('item'), { minLength: 0, maxLength: 4 }).map((parts) => parts.join('')),
    item: fc.oneof(
      { depthSize: 'small' },
      { arbitrary: fc.constantFrom(...ATOMS), weight: 6 },
      { arbitrary: fc.constantFrom(...ASSERTIONS), weight: 1 },
      {
        arbitrary: fc
          .tuple(fc.constantFrom(...ATOMS), fc.constantFrom(...QUANTIFIERS))
          .map(([atom, quantifier]) => `(?:${atom})${quantifier}`),
        weight: 3,
      },
      { arbitrary: tie('group'), weight: 3 },
    ),
    group: fc
      .tuple(
        fc.constantFrom('(', '(?:', '(?i:', '(?P<'),
        tie('alternation'),
        fc.constantFrom('', '', ...QUANTIFIERS),
      )
      .map(([open, body, quantifier]) => `${open}${body})${quantifier}`),
  }))
  .alternation.map(numberNames);

export const arbitraryInput: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...CHARACTERS), { maxLength: 24 })
  .map((characters) => characters.join(''));

/** Gives each named group a name of its own. */
function numberNames(pattern: string): string {
  let count = 0;
  return pattern.replaceAll('(?P<', () => `(?P<n${count++}>`);
}
