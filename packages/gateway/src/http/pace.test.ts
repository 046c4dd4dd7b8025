import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';

test('who keeps the rate is not too slow, who falls below it for a window is', () => {
  const pace = new Pace(1_000, 5_000, 0, 0);
  assert.equal(pace.isTooSlow(0, 4_999), false);
  assert.equal(pace.isTooSlow(5_000, 5_000), false);
  assert.equal(pace.isTooSlow(9_999, 10_000), true);
});

test('who stalls is found after two windows at most', () => {
  const pace = new Pace(1_000, 5_000, 0, 0);
  const stalledAtMs = 1;
  for (let nowMs = 1_000; nowMs <= 10_000; nowMs += 1_000) {
    if (pace.isTooSlow(5_000, nowMs)) {
      assert.ok(nowMs - stalledAtMs <= 10_000);
      return;
    }
  }
  assert.fail('the stall was not found');
});

test('a pause that is another one’s fault does not count', () => {
  const pace = new Pace(1_000, 5_000, 0, 0);
  pace.restart(0, 60_000);
  assert.equal(pace.isTooSlow(0, 64_000), false);
  assert.equal(pace.isTooSlow(0, 65_000), true);
});
