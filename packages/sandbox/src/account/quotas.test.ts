import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Quotas, quotaNames, rounded, sumOf, type Charge } from './quotas.ts';

const charge: fc.Arbitrary<Charge> = fc.record({
  quota: fc.constantFrom(...quotaNames),
  amount: fc.integer({ min: 0, max: 500_000 }).map((parts) => parts / 10_000),
  source: fc.constant('test'),
  description: fc.constant(''),
});

describe('quotas', () => {
  it('hold all charges of a job or none', () => {
    const quotas = new Quotas({ videoMinutes: 1, aiCredits: 1 });
    const video: Charge = { quota: 'videoMinutes', amount: 1, source: '', description: '' };
    const credits: Charge = { ...video, quota: 'aiCredits', amount: 2 };
    assert.equal(quotas.hold([video, credits]), false);
    assert.equal(quotas.read('videoMinutes').pending, 0);
    assert.equal(quotas.hold([video]), true);
    assert.equal(quotas.hold([video]), false);
    quotas.release([video]);
    assert.equal(quotas.hold([video]), true);
  });

  it('never pass a limit, and add up to what was settled', () => {
    const job = fc.record({ charges: fc.array(charge, { maxLength: 4 }), completes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(job, { maxLength: 40 }), (jobs) => {
        const quotas = new Quotas({ videoMinutes: 100, aiCredits: 50.5 });
        const settled: Charge[] = [];
        for (const { charges, completes } of jobs) {
          if (!quotas.hold(charges)) continue;
          if (completes) {
            quotas.settle(charges);
            settled.push(...charges);
          } else quotas.release(charges);
        }
        for (const name of quotaNames) {
          const { used, pending, limit } = quotas.read(name);
          assert.ok(used <= limit);
          assert.equal(pending, 0);
          assert.equal(used, rounded(sumOf(settled, name)));
        }
      }),
    );
  });
});
