import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import * as fc from 'fast-check';
import { MemoryCounters } from './counters.ts';

const limit = { requests: 3, windowMs: 60_000 };

test('a window lets its number of requests in, and says what remains', async () => {
  const counters = new MemoryCounters();
  const verdicts = [];
  for (let index = 0; index < 5; index += 1) verdicts.push(await counters.take('cl_1', limit));
  assert.deepEqual(
    verdicts.map(({ allowed, remaining }) => [allowed, remaining]),
    [
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ],
  );
  assert.ok(verdicts.every(({ resetMs }) => resetMs > 59_000 && resetMs <= 60_000));
});

test('names do not share a window, and a changed limit counts what was there', async () => {
  const counters = new MemoryCounters();
  for (let index = 0; index < 3; index += 1) await counters.take('cl_1', limit);
  assert.equal((await counters.take('cl_2', limit)).remaining, 2);
  assert.equal((await counters.take('cl_1', { ...limit, requests: 10 })).remaining, 6);
});

test('a new window starts when the old one is over', async () => {
  const counters = new MemoryCounters();
  const short = { requests: 1, windowMs: 20 };
  assert.equal((await counters.take('cl_1', short)).allowed, true);
  assert.equal((await counters.take('cl_1', short)).allowed, false);
  await setTimeout(60);
  assert.equal((await counters.take('cl_1', short)).allowed, true);
});

test('a window that no timer can hold is refused instead of being forgotten at once', async () => {
  const counters = new MemoryCounters();
  for (const windowMs of [0, -1, NaN, Infinity, 2 ** 31]) {
    await assert.rejects(counters.take('cl_1', { requests: 1, windowMs }), RangeError);
  }
});

test('never more than the maximum are inside, and who left makes room', () => {
  const step = fc.record({ name: fc.constantFrom('a', 'b'), enters: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, max) => {
      const counters = new MemoryCounters();
      const inside = { a: 0, b: 0 };
      for (const { name, enters } of steps) {
        const key = name;
        if (enters) {
          assert.equal(counters.enter(key, max), inside[key] < max);
          inside[key] = Math.min(max, inside[key] + 1);
        } else if (inside[key] > 0) {
          counters.leave(key);
          inside[key] -= 1;
        } else {
          assert.throws(() => counters.leave(key), RangeError);
        }
      }
    }),
  );
});
