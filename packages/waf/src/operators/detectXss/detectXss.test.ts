import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { detectXss } from './detectXss.ts';
import { SCRIPT_ATTACKS, SCRIPT_HARMLESS } from './testing/scriptCases.ts';

const ample = () => ({ left: 1e9 });
const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const isScript = (text: string) => detectXss(bytes(text), ample());

/** What `t:utf8toUnicode,t:urlDecodeUni` make of a text: each character's low byte. */
const lowBytes = (text: string) =>
  [...Buffer.from(text, 'utf16le').toString('latin1')]
    .filter((_, index) => index % 2 === 0)
    .join('');

describe('detectXss', () => {
  it('refuses every known way of running script', () => {
    assert.ok(SCRIPT_ATTACKS.length >= 82);
    assert.deepEqual(
      SCRIPT_ATTACKS.filter((value) => !isScript(value)),
      [],
    );
  });

  it('leaves prose, code and harmless markup alone', () => {
    assert.ok(SCRIPT_HARMLESS.length >= 60);
    assert.deepEqual(SCRIPT_HARMLESS.filter(isScript), []);
  });

  it('sees markup attacks whatever plain text stands around them', () => {
    const markup = SCRIPT_ATTACKS.filter((value) => value.startsWith('<'));
    assert.ok(markup.length >= 50);
    const plain = fc.string({ unit: fc.constantFrom(...'abc XYZ 019.,:!?-_()') });
    fc.assert(
      fc.property(plain, fc.constantFrom(...markup), (before, attack) => {
        assert.ok(isScript(before + attack));
      }),
    );
  });

  it('is not confused by the bytes that Chinese, Russian and Arabic text leaves behind', () => {
    for (const text of [
      '视频制作指南：如何在五分钟内完成',
      'Мы создаём видео из текста, быстро и просто',
      'اصنع مقاطع فيديو احترافية من النصوص',
    ]) {
      assert.equal(isScript(text), false);
      assert.equal(detectXss(lowBytes(text), ample()), false);
    }
  });

  it('answers false when the budget is spent, and leaves it below zero', () => {
    const budget = { left: 10 };
    assert.equal(detectXss('<script>alert(1)</script>', budget), false);
    assert.ok(budget.left < 0);
  });

  it('never throws on any bytes', () => {
    const unit = fc.constantFrom(
      ...'<>/="\'`on ascriptjv:&#x;()%!-?\u0000\u00ff\n'.split(''),
      'onload',
      'javascript:',
      '<a',
      'style',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
        assert.equal(typeof detectXss(text, ample()), 'boolean');
      }),
    );
  });
});
