import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { detectSqli } from './detectSqli.ts';
import { SQL_ATTACKS, SQL_HARMLESS } from './testing/sqlCases.ts';

const STEPS_PER_BYTE_MAX = 40;
const PUMPS = [
  "'+",
  `'+"+`,
  "/*'*/+1",
  "'/*",
  "''",
  "'--",
  "#'\n+1",
  "' or 1",
  '(',
  "' or (",
  `'+"'+\`+`,
  "'*'/*'*/",
  "'\\",
  "'+$$",
  "'or[",
  'case when ',
];

const ample = () => ({ left: 1e9 });
const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const reason = (text: string) => detectSqli(bytes(text), ample());

/** What `t:utf8toUnicode,t:urlDecodeUni` make of a text: each character's low byte. */
const lowBytes = (text: string) =>
  [...Buffer.from(text, 'utf16le').toString('latin1')]
    .filter((_, index) => index % 2 === 0)
    .join('');

describe('detectSqli', () => {
  it('refuses every known way of changing a query', () => {
    assert.ok(SQL_ATTACKS.length >= 120);
    assert.deepEqual(
      SQL_ATTACKS.filter((value) => reason(value) === null),
      [],
    );
  });

  it('leaves prose, code and half-quoted text alone', () => {
    assert.ok(SQL_HARMLESS.length >= 95);
    assert.deepEqual(
      SQL_HARMLESS.filter((value) => reason(value) !== null),
      [],
    );
  });

  it('names the context and the kind of proof', () => {
    assert.equal(reason("x' union select 1,2--"), 'single:union-select');
    assert.equal(reason('1 or 1=1'), 'raw:tautology');
    assert.equal(reason('x";drop table users'), 'double:stacked-drop');
    assert.equal(reason('x` or sleep(5)'), 'backtick:call-sleep');
  });

  it('takes the lone byte 0xA0 for white space as MySQL does', () => {
    assert.equal(detectSqli('1\u00a0union\u00a0select\u00a01', ample()), 'raw:union-select');
  });

  it('sees a union behind a quote but not behind a plus in a path', () => {
    assert.equal(reason("/post/foo/24'union+all+select+1,2,3+from+aa/bar"), 'single:union-select');
    assert.equal(reason('/post/foo/24+union+all+select+1,2,3+from+aa/bar'), null);
    assert.equal(reason('/post/foo/24 union all select 1,2,3 from aa/bar'), null);
    assert.equal(reason("/post/foo/9'union+all/bar"), null);
  });

  it('finds an attack behind any harmless words that hold an apostrophe', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SQL_HARMLESS),
        fc.constantFrom("' union select 1,2--", "';drop table users--"),
        (text, attack) => {
          assert.notEqual(reason(`${text.replaceAll(/[^a-z ]/gi, '')}${attack}`), null);
        },
      ),
    );
  });

  it('is not confused by the bytes that Chinese, Russian and Arabic text leaves behind', () => {
    const texts = [
      '视频制作指南：如何在五分钟内完成一个产品介绍',
      'Мы создаём видео из текста, быстро и просто, с озвучкой',
      'اصنع مقاطع فيديو احترافية من النصوص في دقائق واحصل على',
      'テキストから動画を作成する方法をご紹介します',
    ];
    for (const text of texts) {
      assert.equal(reason(text), null);
      assert.equal(detectSqli(lowBytes(text), ample()), null);
    }
  });

  it('answers null when the budget is spent, and leaves it below zero', () => {
    const budget = { left: 10 };
    assert.equal(detectSqli("aaaaaaaaaaaaaaaaaaaa' or 1=1--", budget), null);
    assert.ok(budget.left < 0);
  });

  it('takes steps in proportion to the length of pumped input', () => {
    for (const pump of PUMPS) {
      const input = pump.repeat(Math.ceil(50_000 / pump.length));
      const budget = ample();
      detectSqli(input, budget);
      assert.ok(1e9 - budget.left <= STEPS_PER_BYTE_MAX * input.length, pump);
    }
  });

  it('takes steps in proportion to the length of any mixture of SQL pieces', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '`',
      '+',
      ' or ',
      '1',
      '(',
      ')',
      '/*',
      '*/',
      '--',
      '#',
      '\n',
      'a',
      ' select ',
      ',',
      ';',
      '\\',
      '[',
      ']',
      '$$',
      ' case when ',
      ' in ',
      ' between ',
      '@',
      'N',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        const input = pieces.join('').repeat(800);
        const budget = ample();
        detectSqli(input, budget);
        assert.ok(1e9 - budget.left <= STEPS_PER_BYTE_MAX * input.length + 1000);
      }),
    );
  });
});
