import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compile, parseRules } from '../../index.ts';
import type { Rules, TransactionInput } from '../../index.ts';
import { TRANSFORMATION_NAMES } from '../../transformations/transformations.ts';

/** Text in which the marks of transformations, words of rules and letters of both cases meet often. */
const PIECES = [
  'a',
  'b',
  'A',
  'B',
  'x',
  'X',
  'u',
  '0',
  '4',
  '1',
  '6',
  ' ',
  '  ',
  '\t',
  '/',
  '//',
  '/./',
  '..',
  '.',
  '*',
  '/*',
  '*/',
  '-',
  '--',
  '#',
  '<',
  '>',
  '%',
  '%41',
  '%u0041',
  '%2541',
  '+',
  '&',
  '&lt;',
  '&#97;',
  ';',
  '\\',
  '\\x61',
  '\\u0061',
  '\\141',
  "'",
  '"',
  '^',
  '(',
  ',',
  '=',
  '\0',
  '\xc3\xa9',
  '\xff',
  'select',
  'SELECT',
  'YQ==',
  'YWI',
  'on',
  '1=1',
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join(''));

const WORDS = [
  'a',
  'b',
  'ab',
  'select',
  '/etc',
  '<a',
  "'",
  '=',
  '1',
  'e9',
  'é',
  '..',
  '*/',
  ' ',
  '61',
];
const word = fc.constantFrom(...WORDS);
const operator = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('rx', 'rx (?i)'),
      fc.constantFrom(
        'a',
        'ab+',
        '^a',
        'b$',
        '[^a-z]',
        'select\\s',
        '\\bon',
        '(a)(b)?',
        'x{2,}|y',
        '<[a-z]',
        '^$',
        '\\x27',
        'a.*b',
        '[A-F]',
      ),
    )
    .map(([name, pattern]) => (name === 'rx' ? `rx ${pattern}` : `rx (?i)${pattern}`)),
  fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((words) => `pm ${words.filter((one) => one !== ' ').join(' ') || 'z'}`),
  fc
    .tuple(
      fc.constantFrom(
        'contains',
        'streq',
        'beginsWith',
        'endsWith',
        'within',
        'strmatch',
        'containsWord',
      ),
      word.filter((one) => one !== ' '),
    )
    .map((pair) => pair.join(' ')),
  fc.constantFrom(
    'validateByteRange 1-127',
    'validateByteRange 32-126',
    'validateUrlEncoding',
    'validateUtf8Encoding',
    'detectSQLi',
    'detectXSS',
    'gt 3',
    'eq 0',
    'unconditionalMatch',
    'within %{tx.a}',
  ),
);
const target = fc.constantFrom(
  'ARGS',
  'ARGS_NAMES',
  'REQUEST_HEADERS',
  'REQUEST_COOKIES',
  'ARGS|!ARGS:a',
  'ARGS:a',
  'ARGS:/^[ab]/',
  '&ARGS',
  'REQUEST_URI|ARGS',
  'REQUEST_FILENAME',
  'TX:a',
  'MATCHED_VARS',
  'REQUEST_HEADERS:/./|!REQUEST_HEADERS:Cookie',
);
const chainText = fc
  .array(fc.constantFrom(...TRANSFORMATION_NAMES), { maxLength: 4 })
  .map((names) => names.map((name) => `,t:${name}`).join(''));
const link = fc.record({
  target,
  operator,
  isNegated: fc.boolean(),
  transformations: chainText,
  flags: fc.constantFrom(
    '',
    ',multiMatch',
    ',capture',
    ",capture,setvar:'tx.a=%{tx.0}'",
    ",setvar:'tx.n=+1'",
    ',capture,multiMatch',
  ),
});

type Link = typeof link extends fc.Arbitrary<infer Value> ? Value : never;

function ruleText(links: readonly Link[], index: number): string {
  return links
    .map(({ target: variables, operator: test, isNegated, transformations, flags }, at) => {
      const head =
        at === 0
          ? `id:${index + 1},phase:${(index % 2) + 1},tag:paranoia-level/${(index % 3) + 1},`
          : '';
      const chain = at < links.length - 1 ? ',chain' : '';
      const quoted = test.replaceAll('"', '\\"');
      return `SecRule ${variables} "${isNegated ? '!' : ''}@${quoted}" "${head}t:none${transformations}${flags}${chain}"`;
    })
    .join('\n');
}

const rulesText = fc
  .array(fc.array(link, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 12 })
  .map((rules) => rules.map(ruleText).join('\n'));

const request: fc.Arbitrary<TransactionInput> = fc
  .record({
    query: text,
    cookie: text,
    header: text,
    name: text,
    values: fc.array(text, { maxLength: 4 }),
  })
  .map(({ query, cookie, header, name, values }) => ({
    method: 'POST',
    uri: `/a/${query}?a=${query}&${name}=1`,
    protocol: 'HTTP/1.1',
    headers: [
      ['Cookie', cookie],
      ['X-A', header],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify({ b: values, [name]: header }),
  }));

function outcome(rules: Rules, naive: boolean, input: TransactionInput): unknown {
  const transaction = compile(rules, { naive }).begin(input);
  transaction.evaluate(1);
  const { interruption } = transaction.evaluate(2);
  return { ids: transaction.matchedRuleIds, findings: transaction.findings, interruption };
}

describe('the fast evaluator', () => {
  it('gives what the naive one gives, whatever the rules and the request', () => {
    let matching = 0;
    fc.assert(
      fc.property(
        rulesText,
        fc.array(request, { minLength: 1, maxLength: 3 }),
        (source, inputs) => {
          const rules = parseRules([{ name: 'a.conf', text: source }]);
          const fast = compile(rules);
          for (const input of inputs) {
            const transaction = fast.begin(input);
            transaction.evaluate(1);
            const { interruption } = transaction.evaluate(2);
            const actual = {
              ids: transaction.matchedRuleIds,
              findings: transaction.findings,
              interruption,
            };
            assert.deepEqual(actual, outcome(rules, true, input));
            matching += Number(transaction.matchedRuleIds.length > 0);
          }
        },
      ),
      { numRuns: 6000 },
    );
    assert.ok(matching > 4000, `only ${matching} requests matched a rule`);
  });
});
