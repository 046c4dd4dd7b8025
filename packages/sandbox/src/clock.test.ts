import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manualClock, realClock } from './clock.ts';

describe('a manual clock', () => {
  it('stands still until it is advanced', () => {
    const clock = manualClock(1000);
    assert.equal(clock.now(), 1000);
    clock.advance(250);
    assert.equal(clock.now(), 1250);
  });

  it('rings alarms in the order of their times, each at its own time', () => {
    const clock = manualClock(0);
    const rung: [string, number][] = [];
    clock.alarm(30, () => rung.push(['late', clock.now()]));
    clock.alarm(10, () => rung.push(['early', clock.now()]));
    clock.alarm(31, () => rung.push(['not yet', clock.now()]));
    clock.advance(30);
    assert.deepEqual(rung, [
      ['early', 10],
      ['late', 30],
    ]);
  });

  it('rings alarms that an alarm sets within the same step', () => {
    const clock = manualClock(0);
    const rung: number[] = [];
    clock.alarm(10, () => clock.alarm(20, () => rung.push(clock.now())));
    clock.advance(100);
    assert.deepEqual(rung, [20]);
  });

  it('never rings an alarm for the end of time, nor any after it was closed', () => {
    const clock = manualClock(0);
    const rung: string[] = [];
    clock.alarm(Infinity, () => rung.push('never'));
    clock.alarm(5, () => rung.push('closed'));
    clock.close();
    clock.advance(Number.MAX_SAFE_INTEGER);
    assert.deepEqual(rung, []);
  });
});

describe('a real clock', () => {
  it('runs on from wherever it was advanced to', () => {
    const clock = realClock();
    const before = clock.now();
    clock.advance(60_000);
    assert.ok(clock.now() >= before + 60_000);
    clock.close();
  });

  it('rings by itself, and for what it was advanced over', async () => {
    const clock = realClock();
    const byItself = new Promise<string>((resolve) =>
      clock.alarm(clock.now() + 5, () => resolve('rung')),
    );
    assert.equal(await byItself, 'rung');
    const rung: string[] = [];
    clock.alarm(clock.now() + 3_600_000, () => rung.push('advanced'));
    clock.advance(3_600_000);
    assert.deepEqual(rung, ['advanced']);
    clock.close();
  });
});
