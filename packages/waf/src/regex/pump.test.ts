import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pumpUnits } from './pump.ts';
import { compileRegex } from './regex.ts';

describe('pump units', () => {
  test('lead to each repeat, pass through it and complete the match', () => {
    const units = pumpUnits('^x(?:ab|c)*y+z$');
    assert.deepEqual(units, [
      { prefix: 'x', unit: 'ab', suffix: 'yz' },
      { prefix: 'x', unit: 'c', suffix: 'yz' },
      { prefix: 'x', unit: 'y', suffix: 'z' },
    ]);
  });

  test('are found inside groups, alternatives, repeats and look-aheads', () => {
    const units = pumpUnits('(?=a+)(?:(b+)c|d{20,})*');
    const found = new Set(units.map(({ unit }) => unit));
    for (const unit of ['a', 'b', 'bc', 'd', 'd'.repeat(20)]) assert.ok(found.has(unit), unit);
  });

  test('are none where nothing can be repeated far', () => {
    assert.deepEqual(pumpUnits('a{0,7}b?c'), []);
  });

  test('make strings that the pattern matches, and that stop matching without the suffix', () => {
    for (const pattern of [
      '^x(?:ab|c)*y+z$',
      '^(?:a+)+=$',
      '^"(?:[^"\\\\]|\\\\.)*"$',
      '^(?i:sel)\\s+[*]{9,}end$',
    ]) {
      const regex = compileRegex(pattern);
      for (const { prefix, unit, suffix } of pumpUnits(pattern)) {
        const pumped = prefix + unit.repeat(100);
        assert.ok(regex.test(pumped + suffix, { left: 1e6 }), JSON.stringify([pattern, unit]));
        assert.ok(!regex.test(pumped + '\x01', { left: 1e6 }), JSON.stringify([pattern, unit]));
      }
    }
  });
});
