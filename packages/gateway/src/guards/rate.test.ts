import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aSubject } from '../credentials/subject.fixture.ts';
import type { Policy } from '../domain/policy.ts';
import { isDenial } from '../domain/denial.ts';
import type { Counters, RateVerdict } from '../ports/counters.ts';
import { rate } from './rate.ts';

const limit = { requests: 5, windowMs: 60_000 };

const counting = (
  verdict: RateVerdict | Error = { allowed: true, remaining: 4, resetMs: 30_500 },
) => {
  let inside = 0;
  const counters: Counters = {
    take: async () => {
      if (verdict instanceof Error) throw verdict;
      return verdict;
    },
    enter: (_name, max) => inside < max && (inside += 1) > 0,
    leave: () => void (inside -= 1),
  };
  return { counters, inside: () => inside };
};

const facts = (policy: Partial<Policy>, operationId = 'op') => {
  const subject = aSubject({ policy });
  const verified = { subject, via: 'key' as const, secretNumber: 1, replaced: null };
  return {
    operation: { id: operationId } as never,
    parameters: {},
    principal: { client: subject.client, key: subject.record.key, via: 'key' as const, verified },
  };
};
const options = { concurrencyMax: 2, pacedOperationId: 'poll' };

describe('rate and concurrency', () => {
  it('tell what remains in draft-ietf-httpapi-ratelimit-headers', async () => {
    const { counters } = counting();
    const verdict = await rate(counters, options).check(facts({ rate: limit }));
    assert.ok(!isDenial(verdict));
    assert.deepEqual(verdict.admission.headers, [
      ['ratelimit-policy', '"client";q=5;w=60'],
      ['ratelimit', '"client";r=4;t=31'],
    ]);
  });

  it('refuse above the rate with the time to wait, and hold no place', async () => {
    const { counters, inside } = counting({ allowed: false, remaining: 0, resetMs: 1_200 });
    const verdict = await rate(counters, options).check(facts({ rate: limit }));
    assert.ok(isDenial(verdict));
    assert.equal(verdict.code, 'rate_limited');
    assert.deepEqual(verdict.headers![0], ['retry-after', '2']);
    assert.equal(verdict.headers!.length, 3);
    assert.equal(inside(), 0);
  });

  it('never say to retry after zero seconds', async () => {
    const { counters } = counting({ allowed: false, remaining: 0, resetMs: 0 });
    const verdict = await rate(counters, options).check(facts({ rate: limit }));
    assert.ok(isDenial(verdict));
    assert.deepEqual(verdict.headers![0], ['retry-after', '1']);
  });

  it('hold no place when the counter fails', async () => {
    const { counters, inside } = counting(new Error('down'));
    await assert.rejects(async () => rate(counters, options).check(facts({ rate: limit })), /down/);
    assert.equal(inside(), 0);
  });

  it('refuse above the concurrency until somebody leaves, once', async () => {
    const { counters, inside } = counting();
    const guard = rate(counters, options);
    const first = await guard.check(facts({}));
    const second = await guard.check(facts({}));
    const third = await guard.check(facts({}));
    assert.ok(!isDenial(first) && !isDenial(second) && isDenial(third));
    assert.equal(third.code, 'concurrency_limited');
    assert.deepEqual(third.headers, [['retry-after', '1']]);
    first.admission.leave();
    first.admission.leave();
    assert.equal(inside(), 1);
    assert.ok(!isDenial(await guard.check(facts({}))));
  });

  it("take the policy's bound before the gateway's", async () => {
    const guard = rate(counting().counters, options);
    assert.ok(!isDenial(await guard.check(facts({ concurrencyMax: 1 }))));
    assert.ok(isDenial(await guard.check(facts({ concurrencyMax: 1 }))));
  });

  it('never refuse the operation that the gateway paces itself', async () => {
    const { counters, inside } = counting({ allowed: false, remaining: 0, resetMs: 1 });
    const verdict = await rate(counters, options).check(
      facts({ rate: limit, concurrencyMax: 0 }, 'poll'),
    );
    assert.ok(!isDenial(verdict));
    verdict.admission.leave();
    assert.equal(inside(), 0);
  });

  it('let pass when off', () => {
    const admitted = rate(counting().counters, options).otherwise!(facts({}));
    admitted.admission.leave();
    assert.deepEqual(admitted.admission.headers, []);
  });
});
