import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { DEEP_DECODING_LIMITS } from '../decoding/decodeDeep.ts';
import { Entry } from './entry.ts';
import { inspectedArguments } from './inspectedArguments.ts';

const entries = (...pairs: (readonly [string, string])[]) =>
  pairs.map(([key, value]) => new Entry('ARGS_POST', key, value));
const inspect = (all: readonly Entry[], proven: Iterable<string>, isDeep = false) =>
  inspectedArguments(all, {
    proven: new Set(proven),
    deepDecoding: isDeep ? DEEP_DECODING_LIMITS : null,
    budget: { left: 1e9 },
  });

describe('inspectedArguments', () => {
  it('leaves out numbers, choices, dates and ids that are proven', () => {
    const values = [
      '12.5',
      '-1e3',
      'true',
      '',
      '16:9',
      '50%',
      'photorealistic',
      '2026-11-24T10:00:00+01:00',
      'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    ];
    const all = entries(...values.map((value, index) => [`json.${index}`, value] as const));
    assert.deepEqual(
      inspect(
        all,
        all.map(({ key }) => key),
      ),
      [],
    );
  });

  it('never leaves out a value that could hold an attack, whatever is said to be proven', () => {
    const unsafe = fc.constantFrom(...'\'"`<>()[]{};|&$=/\\ \n\r\t\u0000!?*#@,~^'.split(''));
    fc.assert(
      fc.property(fc.string(), unsafe, fc.string(), (before, byte, after) => {
        const value = before + byte + after;
        assert.deepEqual(
          inspect(entries(['json.a', value]), ['json.a']).map((entry) => entry.value),
          [value],
        );
      }),
    );
  });

  it('never leaves out a long value', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcXYZ019'), minLength: 65 }), (value) => {
        assert.equal(inspect(entries(['json.a', value]), ['json.a']).length, 1);
      }),
    );
  });

  it('looks at both arguments when a proven name stands twice', () => {
    assert.equal(inspect(entries(['page', '1'], ['page', "1' or 1=1"]), ['page']).length, 2);
    assert.equal(inspect(entries(['page', '1'], ['PAGE', 'x']), ['page']).length, 2);
  });

  it('adds what is wrapped in a value under the same name', () => {
    const wrapped = Buffer.from('<script>alert(1)</script>').toString('base64');
    const all = inspect(entries(['json.a', wrapped]), [], true);
    assert.deepEqual(
      all.map(({ fullName, value }) => [fullName, value]),
      [
        ['ARGS:json.a', wrapped],
        ['ARGS:json.a', '<script>alert(1)</script>'],
      ],
    );
  });
});
