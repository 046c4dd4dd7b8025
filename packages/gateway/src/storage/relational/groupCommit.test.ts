import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StoreConflict, StoreUnavailable } from '../../ports/stores.ts';
import { GroupCommit } from './groupCommit.ts';

const conflicting = 'conflicting';

function recorder(fail: (items: readonly string[]) => Error | null) {
  const commits: (readonly string[])[] = [];
  const group = new GroupCommit<string>(async (items) => {
    await new Promise(setImmediate);
    const error = fail(items);
    if (error) throw error;
    commits.push(items);
  }, 3);
  return { commits, group };
}

describe('a group commit', () => {
  it('takes together what came while the one before was under way', async () => {
    const { commits, group } = recorder(() => null);
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => group.add([name])));
    assert.deepEqual(commits, [['a'], ['b', 'c', 'd'], ['e']]);
    await group.add(['f', 'g']);
    assert.deepEqual(commits.at(-1), ['f', 'g']);
  });

  it('fails nobody but the one in conflict', async () => {
    const { commits, group } = recorder((items) =>
      items.includes(conflicting) ? new StoreConflict('taken') : null,
    );
    const added = ['a', 'b', conflicting, 'c'].map((name) => group.add([name]));
    const outcomes = await Promise.allSettled(added);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(commits, [['a'], ['b'], ['c']]);
    const [, , rejected] = outcomes;
    assert.ok(rejected?.status === 'rejected' && rejected.reason instanceof StoreConflict);
  });

  it('fails everybody when the store is down, and works again afterwards', async () => {
    let isDown = true;
    const { commits, group } = recorder(() => (isDown ? new StoreUnavailable('down') : null));
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((name) => group.add([name])));
    assert.ok(outcomes.every(({ status }) => status === 'rejected'));
    isDown = false;
    await group.add(['d']);
    assert.deepEqual(commits, [['d']]);
  });
});
