import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { compileRegex } from './regex.ts';
import { arbitraryInput, arbitraryPattern } from './testing/arbitraryPattern.ts';
import { oracleSlots } from './testing/oracle.ts';

const AMPLE = 1e9;

describe('agreement with RE2', () => {
  test('test finds a match exactly where RE2 does', () => {
    fc.assert(
      fc.property(
        arbitraryPattern,
        fc.array(arbitraryInput, { minLength: 1 }),
        (pattern, inputs) => {
          const regex = compileRegex(pattern);
          for (const input of inputs) {
            const expected = oracleSlots(pattern, input) !== null;
            assert.equal(
              regex.test(input, { left: AMPLE }),
              expected,
              JSON.stringify([pattern, input]),
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('exec gives the match and the groups that RE2 gives', () => {
    fc.assert(
      fc.property(
        arbitraryPattern,
        fc.array(arbitraryInput, { minLength: 1 }),
        (pattern, inputs) => {
          const regex = compileRegex(pattern);
          for (const input of inputs) {
            const slots = oracleSlots(pattern, input);
            assert.deepEqual(
              regex.exec(input, { left: AMPLE }),
              slots && groupsOf(input, slots),
              JSON.stringify([pattern, input]),
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

function groupsOf(input: string, slots: readonly number[]): (string | undefined)[] {
  return Array.from({ length: slots.length / 2 }, (_, group) => {
    const start = slots[2 * group]!;
    return start < 0 ? undefined : input.slice(start, slots[2 * group + 1]);
  });
}
