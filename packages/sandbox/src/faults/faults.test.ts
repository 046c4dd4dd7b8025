import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJobFault, isRequestFault, type RequestFault } from './fault.ts';
import { Faults } from './faults.ts';

const poll = { method: 'GET', path: '/pictoryapis/v1/jobs/abc', operation: 'getJob' };

function strikes(fault: Partial<RequestFault>, subject = poll): boolean {
  const faults = new Faults();
  faults.add({ kind: 'hang', ...fault } as RequestFault);
  return faults.take(isRequestFault, subject) !== undefined;
}

describe('a waiting fault', () => {
  it('strikes what its method, path and operation match', () => {
    for (const aim of [
      {},
      { method: 'get' },
      { path: '/v1/jobs/*' },
      { path: '/pictoryapis/v1/jobs/abc' },
      { path: '*' },
      { path: '/v1/*/abc' },
      { path: '*jobs*' },
      { operation: 'getJob' },
    ])
      assert.equal(strikes(aim), true, JSON.stringify(aim));
  });

  it('lets everything else pass', () => {
    for (const aim of [
      { method: 'POST' },
      { path: '/v1/jobs' },
      { path: '/v1/jobs/' },
      { path: '/v1/jobs/abc/clean' },
      { path: '/v2/*' },
      { path: '/v1/jobs/abc*abc' },
      { operation: 'listJobs' },
    ])
      assert.equal(strikes(aim), false, JSON.stringify(aim));
  });

  it('strikes as often as it says, after as many as it lets pass', () => {
    const faults = new Faults();
    faults.add({ kind: 'hang', times: 2, after: 1 });
    const taken = Array.from({ length: 5 }, () => faults.take(isRequestFault, poll)?.kind);
    assert.deepEqual(taken, [undefined, 'hang', 'hang', undefined, undefined]);
  });

  it('strikes for ever when unlimited, until cleared', () => {
    const faults = new Faults();
    faults.add({ kind: 'reset', times: 'unlimited' });
    for (let count = 0; count < 50; count += 1)
      assert.equal(faults.take(isRequestFault, poll)?.kind, 'reset');
    assert.equal(faults.list()[0]?.left, 'unlimited');
    faults.clear();
    assert.equal(faults.take(isRequestFault, poll), undefined);
  });

  it('waits for its own sort of thing, oldest first', () => {
    const faults = new Faults();
    faults.add({ kind: 'stick-job' });
    faults.add({ kind: 'unauthorized' });
    faults.add({ kind: 'rate-limited' });
    assert.equal(faults.take(isRequestFault, poll)?.kind, 'unauthorized');
    assert.equal(faults.take(isRequestFault, poll)?.kind, 'rate-limited');
    assert.equal(faults.take(isJobFault, poll)?.kind, 'stick-job');
  });
});
