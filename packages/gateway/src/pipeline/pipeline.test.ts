import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TrailStep } from '../domain/audit.ts';
import { deny } from '../domain/denial.ts';
import { AuditUnavailable } from '../ports/auditStore.ts';
import { StoreUnavailable } from '../ports/stores.ts';
import type { Guard } from './guard.ts';
import { Pipeline } from './pipeline.ts';

interface Start {
  readonly number: number;
}

const double: Guard<Start, { readonly doubled: number }> = {
  name: 'double',
  check: ({ number }) => ({ doubled: number * 2 }),
};

const sum: Guard<Start & { readonly doubled: number }, { readonly sum: number }> = {
  name: 'sum',
  check: async ({ number, doubled }) => ({ sum: number + doubled }),
};

const small: Guard<Start, { readonly small: boolean }> = {
  name: 'small',
  check: ({ number }) =>
    number < 10 ? { small: true } : deny('field_invalid', { detail: { reason: 'too large' } }),
  otherwise: () => ({ small: false }),
};

const throwing = (error: unknown): Guard<Start, object> => ({
  name: 'throwing',
  check: () => {
    throw error;
  },
  otherwise: () => ({}),
});

const run = (pipeline: Pipeline<Start, Start>, number: number, trail: TrailStep[] = []) =>
  pipeline.run({ number }, trail);

describe('a pipeline', () => {
  it('gathers the facts of all guards, in order, and leaves a trail', async () => {
    const trail: TrailStep[] = [];
    const passage = await Pipeline.start<Start>()
      .through(double)
      .through(sum)
      .run({ number: 3 }, trail);
    assert.deepEqual(passage, { facts: { number: 3, doubled: 6, sum: 9 }, denial: null });
    assert.deepEqual(trail, [
      { guard: 'double', result: 'passed' },
      { guard: 'sum', result: 'passed' },
    ]);
  });

  it('does not compile with a guard placed before what it needs', () => {
    // @ts-expect-error `sum` needs `doubled`, which nobody has added yet
    Pipeline.start<Start>().through(sum);
  });

  it('does not compile with a guard that would write over a fact', () => {
    const renumber: Guard<Start, Start> = { name: 'renumber', check: () => ({ number: 0 }) };
    // @ts-expect-error `number` is there already
    Pipeline.start<Start>().through(renumber);
  });

  it('stops at the first refusal and keeps the facts proved until then', async () => {
    let reached = false;
    const after: Guard<Start, object> = { name: 'after', check: () => ((reached = true), {}) };
    const trail: TrailStep[] = [];
    const passage = await Pipeline.start<Start>()
      .through(double)
      .through(small)
      .through(after)
      .run({ number: 10 }, trail);
    assert.equal(passage.denial?.code, 'field_invalid');
    assert.deepEqual(passage.facts, { number: 10, doubled: 20 });
    assert.equal(reached, false);
    assert.deepEqual(trail.at(-1), {
      guard: 'small',
      result: 'denied',
      code: 'field_invalid',
      detail: { reason: 'too large' },
    });
  });

  it('does not change what it received', async () => {
    const received = Object.freeze({ number: 1 });
    const passage = await Pipeline.start<Start>().through(double).run(received, []);
    assert.notEqual(passage.facts, received);
    assert.deepEqual(received, { number: 1 });
  });

  it('goes on in report mode and says what would have been refused', async () => {
    const trail: TrailStep[] = [];
    const pipeline = Pipeline.start<Start>().through(small).withModes({ small: 'report' });
    const passage = await pipeline.run({ number: 10 }, trail);
    assert.deepEqual(passage, { facts: { number: 10, small: false }, denial: null });
    assert.equal(trail[0]?.result, 'reported');
    assert.equal(trail[0]?.code, 'field_invalid');
  });

  it('does not ask a guard that is off, and says so', async () => {
    const trail: TrailStep[] = [];
    const pipeline = Pipeline.start<Start>().through(small).withModes({ small: 'off' });
    const passage = await pipeline.run({ number: 10 }, trail);
    assert.deepEqual(passage.facts, { number: 10, small: false });
    assert.deepEqual(trail, [{ guard: 'small', result: 'off' }]);
  });

  it('refuses a mode for a guard that is always enforced, and for one that does not exist', () => {
    const pipeline = Pipeline.start<Start>().through(double);
    assert.throws(() => pipeline.withModes({ double: 'off' }), /double is always enforced/);
    assert.throws(() => pipeline.withModes({ double: 'report' }), /double is always enforced/);
    assert.throws(() => pipeline.withModes({ dubble: 'off' }), /no guard named dubble/);
    assert.doesNotThrow(() => pipeline.withModes({ double: 'enforce' }));
  });

  it('refuses two guards of one name', () => {
    const again: Guard<Start, object> = { name: 'double', check: () => ({}) };
    assert.throws(() => Pipeline.start<Start>().through(double).through(again), /two guards/);
  });

  for (const mode of ['enforce', 'report'] as const) {
    it(`refuses when a guard throws, in mode ${mode} too`, async () => {
      const trail: TrailStep[] = [];
      const pipeline = Pipeline.start<Start>()
        .through(throwing(new RangeError('broken')))
        .withModes({ throwing: mode });
      const passage = await run(pipeline, 1, trail);
      assert.equal(passage.denial?.code, 'guard_failed');
      assert.deepEqual(trail, [
        {
          guard: 'throwing',
          result: 'failed',
          code: 'guard_failed',
          detail: { reason: 'RangeError: broken' },
        },
      ]);
    });
  }

  it('refuses when a guard rejects', async () => {
    const rejecting: Guard<Start, object> = {
      name: 'r',
      check: () => Promise.reject(new Error('later')),
    };
    const passage = await Pipeline.start<Start>().through(rejecting).run({ number: 1 }, []);
    assert.equal(passage.denial?.code, 'guard_failed');
  });

  it('refuses when something is thrown that is no error', async () => {
    const passage = await Pipeline.start<Start>().through(throwing('text')).run({ number: 1 }, []);
    assert.equal(passage.denial?.code, 'guard_failed');
    assert.equal(passage.denial?.detail?.reason, 'a value was thrown');
  });

  it('tells an unreachable store and an unwritable log from a bug', async () => {
    for (const [error, code] of [
      [new StoreUnavailable('down'), 'store_unavailable'],
      [new AuditUnavailable('full'), 'audit_unavailable'],
    ] as const) {
      const pipeline = Pipeline.start<Start>()
        .through(throwing(error))
        .withModes({ throwing: 'report' });
      const passage = await run(pipeline, 1);
      assert.equal(passage.denial?.code, code);
    }
  });
});
