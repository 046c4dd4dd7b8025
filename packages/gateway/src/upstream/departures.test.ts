import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Departures } from './departures.ts';

function callOf(gone: AbortSignal | null, departures: Departures) {
  const call = {
    gone,
    abandoned: 0,
    abandon: () => {
      call.abandoned += 1;
      departures.remove(slot);
    },
  };
  const slot = departures.add(call);
  return call;
}

describe('departures', () => {
  it('abandon the calls whose callers left, once, and no other', async () => {
    const departures = new Departures();
    const leaving = new AbortController();
    const calls = [leaving.signal, new AbortController().signal, null, leaving.signal].map((gone) =>
      callOf(gone, departures),
    );
    leaving.abort();
    await sleep(350);
    assert.deepEqual(
      calls.map(({ abandoned }) => abandoned),
      [1, 0, 0, 1],
    );
  });

  it('use a slot again, and look again after all calls were over', async () => {
    const departures = new Departures();
    const first = departures.add({ gone: null, abandon: () => assert.fail() });
    const second = departures.add({ gone: null, abandon: () => assert.fail() });
    assert.notEqual(first, second);
    departures.remove(first);
    departures.remove(second);
    await sleep(250);
    const call = callOf(AbortSignal.abort(), departures);
    assert.equal(departures.add({ gone: null, abandon: () => assert.fail() }), first);
    await sleep(250);
    assert.equal(call.abandoned, 1);
  });
});
