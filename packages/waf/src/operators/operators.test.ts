import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileRegex } from '../regex/regex.ts';
import { StateMemory } from '../regex/stateMemory.ts';
import { VariableStore } from '../request/variableStore.ts';
import { AhoCorasick } from './ahoCorasick.ts';
import { OperatorError } from './operator.ts';
import type { Operator } from './operator.ts';
import { OPERATORS, OPERATOR_NAMES } from './operators.ts';

const FILES = new Map([
  ['words.data', '# words\nalpha\n\n  Beta Gamma \n'],
  ['nets.data', '# networks\n10.0.0.0/8\n2001:db8::/32\n'],
  ['empty.data', '# nothing\n'],
]);

function operator(name: string, argument: string): Operator {
  const factory = OPERATORS.get(name.toLowerCase());
  assert.ok(factory, `there is no operator ${name}`);
  return factory({
    argument,
    readData: (file) => FILES.get(file) ?? null,
    warn: () => undefined,
    memory: new StateMemory(1_000_000),
  });
}

function evaluate(
  name: string,
  argument: string,
  input: string,
): { holds: boolean; groups: readonly (string | undefined)[] } {
  const store = new VariableStore();
  store.setWritable('TX', 'allowed', 'GET HEAD');
  store.setWritable('TX', 'limit', '10');
  let groups: readonly (string | undefined)[] = [];
  const holds = operator(name, argument).evaluate(input, {
    store,
    budget: { left: 1_000_000 },
    wantsCapture: true,
    capture: (captured) => void (groups = 'count' in captured ? captured.find() : captured),
  });
  return { holds, groups };
}

const TRUE: readonly (readonly [name: string, argument: string, input: string])[] = [
  ['beginsWith', '/admin', '/admin/x'],
  ['endsWith', '.pdf', 'a.pdf'],
  ['contains', '#', 'a#b'],
  ['strmatch', '/etc', 'x/etc/y'],
  ['containsWord', 'select', 'a select b'],
  ['containsWord', 'select', 'selected (select)'],
  ['streq', 'POST', 'POST'],
  ['within', '%{tx.allowed}', 'GET'],
  ['within', 'GET HEAD', ''],
  ['eq', '0', 'abc'],
  ['eq', '%{tx.limit}', '10'],
  ['ge', '5', '5'],
  ['gt', '5', '6'],
  ['le', '5', '5'],
  ['lt', '5', '-1'],
  ['unconditionalMatch', '', ''],
  ['ipMatch', '127.0.0.1,::1', '127.0.0.1'],
  ['ipMatch', '10.0.0.0/8', '10.200.3.4'],
  ['ipMatch', '2001:db8::/32', '2001:db8:1::2'],
  ['ipMatch', '192.0.2.0/24', '::ffff:192.0.2.9'],
  ['ipMatchFromFile', 'nets.data', '10.1.1.1'],
  ['pm', 'nikto SQLmap', 'x sqlMAP y'],
  ['pm', '|41 42|', 'xabx'],
  ['pmFromFile', 'words.data', 'the beta gamma ray'],
  ['rx', '(?i)union\\s+select', 'UNION  SELECT'],
  ['rx', '^a.b$', 'a\nb'],
  ['rx', '^(?:%{tx.limit}|x)$', '10'],
  ['validateByteRange', '1-255', 'a\0'],
  ['validateByteRange', '9,32-126', '\n'],
  ['validateUrlEncoding', '', '%4'],
  ['validateUrlEncoding', '', '%zz'],
  ['validateUtf8Encoding', '', '\xc0\xbc'],
  ['validateUtf8Encoding', '', '\xed\xa0\x80'],
  ['validateUtf8Encoding', '', 'a\xff'],
  ['validateUtf8Encoding', '', '\xf4\x90\x80\x80'],
  ['detectSQLi', '', "1' or '1'='1"],
  ['detectXSS', '', '<script>alert(1)</script>'],
  ['verifyCC', '\\d{13,16}', 'card 4111111111111111'],
  ['verifySSN', '\\d{3}-?\\d{2}-?\\d{4}', 'no 078-05-1120'],
];

const FALSE: typeof TRUE = [
  ['beginsWith', '/admin', '/Admin'],
  ['endsWith', '.pdf', '.pdfx'],
  ['contains', '#', 'ab'],
  ['strmatch', 'A', 'a'],
  ['containsWord', 'select', 'selected'],
  ['streq', 'POST', 'post'],
  ['within', '%{tx.allowed}', 'POST'],
  ['eq', '1', ''],
  ['ge', '5', '4'],
  ['gt', '5', '5'],
  ['le', '5', '6'],
  ['lt', '5', '5'],
  ['noMatch', '', 'a'],
  ['geoLookup', '', '192.0.2.1'],
  ['rbl', 'example.org', '192.0.2.1'],
  ['ipMatch', '10.0.0.0/8', '11.0.0.1'],
  ['ipMatch', '10.0.0.0/8', 'none'],
  ['ipMatchFromFile', 'nets.data', '11.1.1.1'],
  ['pm', 'nikto sqlmap', 'curl'],
  ['pmFromFile', 'words.data', 'gamma'],
  ['rx', '^a$', 'a\nb'],
  ['validateByteRange', '1-255', 'a\xff'],
  ['validateUrlEncoding', '', '%41'],
  ['validateUtf8Encoding', '', 'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'],
  ['detectSQLi', '', 'the cat sat on the mat'],
  ['detectXSS', '', 'a < b'],
  ['verifyCC', '\\d{13,16}', '4111111111111112'],
  ['verifySSN', '\\d{9}', '000121234'],
];

const REFUSED: readonly (readonly [name: string, argument: string])[] = [
  ['ipMatch', '10.0.0.0/33'],
  ['ipMatch', 'host'],
  ['ipMatchFromFile', 'none.data'],
  ['pm', ''],
  ['pmFromFile', ''],
  ['pmFromFile', 'none.data'],
  ['pmFromFile', 'empty.data'],
  ['rx', '('],
  ['validateByteRange', '1-256'],
  ['validateByteRange', '9-1'],
  ['validateByteRange', ''],
  ['verifyCC', '('],
];

describe('an operator', () => {
  it('holds where it should', () => {
    for (const [name, argument, input] of TRUE) {
      assert.equal(
        evaluate(name, argument, input).holds,
        true,
        `@${name} ${argument} on ${JSON.stringify(input)}`,
      );
    }
  });

  it('does not hold elsewhere', () => {
    for (const [name, argument, input] of FALSE) {
      assert.equal(
        evaluate(name, argument, input).holds,
        false,
        `@${name} ${argument} on ${JSON.stringify(input)}`,
      );
    }
  });

  it('is covered by both tables unless it has one answer', () => {
    const oneAnswer = ['unconditionalMatch', 'noMatch', 'geoLookup', 'rbl'];
    const covered = (table: typeof TRUE): string[] => table.map(([name]) => name);
    for (const name of OPERATOR_NAMES) {
      const [holds, fails] = [covered(TRUE).includes(name), covered(FALSE).includes(name)];
      assert.ok(oneAnswer.includes(name) ? holds || fails : holds && fails, name);
    }
  });

  it('refuses an argument that it cannot use', () => {
    for (const [name, argument] of REFUSED) {
      assert.throws(() => operator(name, argument), OperatorError, `@${name} ${argument}`);
    }
  });

  it('captures what it found', () => {
    assert.deepEqual(evaluate('rx', '(a)(b)?c', 'xac').groups, ['ac', 'a', undefined]);
    assert.deepEqual(evaluate('pm', 'sqlmap', 'a SqlMap b').groups, ['SqlMap']);
    assert.equal(typeof evaluate('detectSQLi', '', "1' or '1'='1").groups[0], 'string');
  });

  it('warns when it cannot do its work without network or files', () => {
    const warnings: string[] = [];
    OPERATORS.get('rbl')?.({
      argument: 'x',
      readData: () => null,
      memory: new StateMemory(1_000_000),
      warn: (text) => void warnings.push(text),
    });
    assert.equal(warnings.length, 1);
  });
});

const SQL_WORDS = [
  'select',
  'union',
  'from',
  'or',
  'and',
  'xor',
  'having',
  'where',
  'when',
  'waitfor',
  'delay',
  'procedure',
  'analyse',
  'order',
  'group',
  'by',
  'into',
  'outfile',
  'exec',
  'execute',
  'declare',
  'limit',
  'like',
  'between',
  'is',
  'in',
  'not',
  'null',
  'true',
  'a',
  'b1',
  '1',
  '1e1',
  '0x1',
  '1or',
  '2and',
  '=',
  '<',
  '>',
  '*',
  '-',
  '--',
  '#',
  '/*',
  '*/',
  ',',
  '.',
  '!',
  '@',
  '@a',
  '||',
  '&&',
  '|',
  '~',
  '+',
  '%',
  '\\',
  '\xa0',
  '\xc3\xa9',
  ' ',
  '\t',
  "'",
  '"',
  '`',
  '(',
  ')',
  ';',
  '{',
  '}',
  '[',
  ']',
  '$',
  'sleep',
  'master..xp_cmdshell',
  'div',
  'mod',
  'case',
  'end',
  'then',
  'except',
  'intersect',
  'minus',
  'values',
  'set',
];

describe('the hints that operators give', () => {
  const sql = fc
    .array(fc.tuple(fc.constantFrom(...SQL_WORDS), fc.constantFrom('', '', ' ')), { maxLength: 14 })
    .map((parts) => parts.map(([word, space]) => word + space).join(''));
  const context = (): Parameters<Operator['evaluate']>[1] => ({
    store: new VariableStore(),
    budget: { left: 10_000_000 },
    wantsCapture: false,
    capture: () => undefined,
  });

  it('hold for every text that @detectSQLi finds', () => {
    const detector = operator('detectSQLi', '');
    const necessary = compileRegex(detector.necessary ?? '');
    let found = 0;
    fc.assert(
      fc.property(sql, (input) => {
        if (!detector.evaluate(input, context())) return;
        found++;
        assert.ok(necessary.test(input, { left: 1_000_000 }), JSON.stringify(input));
      }),
      { numRuns: 30_000 },
    );
    assert.ok(found > 40, `only ${found} texts were found`);
  });

  it('hold for every text that @detectXSS finds', () => {
    const detector = operator('detectXSS', '');
    const words = [
      '<',
      '>',
      'script',
      'img',
      'svg',
      'on',
      'load',
      'error',
      '=',
      ' ',
      '/',
      'javascript',
      ':',
      '&colon;',
      '&#58;',
      'alert',
      '(',
      ')',
      '1',
      '"',
      "'",
      '`',
      'x',
      'data',
      'text/html',
      ',',
      ';',
      '+',
      '\t',
    ];
    const markup = fc
      .array(fc.constantFrom(...words), { maxLength: 16 })
      .map((parts) => parts.join(''));
    let found = 0;
    fc.assert(
      fc.property(markup, (input) => {
        if (!detector.evaluate(input, context())) return;
        found++;
        assert.ok(
          [...input].some((character) => detector.requiredBytes?.[character.charCodeAt(0)] === 1),
        );
      }),
      { numRuns: 30_000 },
    );
    assert.ok(found > 20, `only ${found} texts were found`);
  });
});

describe('the word automaton', () => {
  it('finds what a plain search finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'C', 'x'), maxLength: 20 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), text, (words, input) => {
        const found = new AhoCorasick(words).first(input);
        const lower = input.toLowerCase();
        const ends = words
          .filter((one) => lower.includes(one))
          .map((one) => lower.indexOf(one) + one.length);
        assert.equal(found?.end, ends.length === 0 ? undefined : Math.min(...ends));
        if (found !== null) assert.equal(lower.slice(found.start, found.end), words[found.word]);
      }),
      { numRuns: 2000 },
    );
  });
});
