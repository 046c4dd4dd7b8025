import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreConflict } from '../../ports/stores.ts';
import type { Fresh } from './place.ts';
import { resource, startMs } from './samples.ts';

const page = { limit: 50, cursor: null };

export function resourcesContract(fresh: Fresh): void {
  test('a resource comes back as it was recorded, apart from others of its name', async () => {
    const { stores } = await fresh();
    const adopted = resource({ kind: 'project', requestId: null, operationId: null, state: null });
    await stores.resources.record([resource(), adopted]);
    assert.deepEqual(await stores.resources.find('job', 'job-1'), resource());
    assert.deepEqual(await stores.resources.find('project', 'job-1'), adopted);
    assert.equal(await stores.resources.find('job', 'JOB-1'), null);
    assert.equal(await stores.resources.find('template', 'job-1'), null);
  });

  test('the same owner may record again, which changes nothing', async () => {
    const { stores } = await fresh();
    await stores.resources.record([resource({ state: 'completed' })]);
    await stores.resources.record([resource({ state: 'in-progress', createdAtMs: startMs + 5 })]);
    assert.deepEqual(await stores.resources.find('job', 'job-1'), resource({ state: 'completed' }));
    await stores.resources.record([]);
  });

  test('another owner is refused, and nothing of that recording stays', async () => {
    const { stores } = await fresh();
    await stores.resources.record([resource()]);
    const foreign = ['a', 'job-1', 'z'].map((id) => resource({ id, clientId: 'cl_2' }));
    await assert.rejects(stores.resources.record(foreign), StoreConflict);
    assert.equal((await stores.resources.find('job', 'job-1'))?.clientId, 'cl_1');
    assert.equal(await stores.resources.find('job', 'a'), null);
    assert.equal(await stores.resources.find('job', 'z'), null);
  });

  test('of many clients that record one id at once, one becomes the owner', async () => {
    const { stores } = await fresh();
    const claims = Array.from({ length: 12 }, (_, index) =>
      stores.resources.record([
        resource({ id: 'x', clientId: `cl_${index}` }),
        resource({ id: 'y', clientId: `cl_${index}` }),
      ]),
    );
    const outcomes = await Promise.allSettled(claims);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    const winner = `cl_${outcomes.findIndex(({ status }) => status === 'fulfilled')}`;
    assert.equal((await stores.resources.find('job', 'x'))?.clientId, winner);
    assert.equal((await stores.resources.find('job', 'y'))?.clientId, winner);
  });

  test('many that are recorded at once are all recorded, each once', async () => {
    const { stores } = await fresh();
    const many = Array.from({ length: 2_345 }, (_, index) => resource({ id: `job-${index}` }));
    await stores.resources.record([...many, ...many.slice(0, 10)]);
    for (const id of ['job-0', 'job-999', 'job-1000', 'job-2344']) {
      assert.deepEqual(await stores.resources.find('job', id), resource({ id }));
    }
    const twoOwners = ['cl_1', 'cl_2'].map((clientId) => resource({ id: 'both', clientId }));
    await assert.rejects(stores.resources.record(twoOwners), StoreConflict);
    assert.equal(await stores.resources.find('job', 'both'), null);
  });

  test('of recordings at the same time only the one in conflict fails', async () => {
    const { stores } = await fresh();
    await stores.resources.record([resource({ id: 'taken', clientId: 'cl_2' })]);
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'taken', 'c'].map((id) => stores.resources.record([resource({ id })])),
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    for (const id of ['a', 'b', 'c']) assert.ok(await stores.resources.find('job', id));
  });

  test('a list holds one owner’s resources of one kind', async () => {
    const { stores } = await fresh();
    await stores.resources.record([
      resource({ id: 'old' }),
      resource({ id: 'new', createdAtMs: startMs + 1 }),
      resource({ id: 'foreign', clientId: 'cl_2' }),
      resource({ kind: 'project', id: 'p' }),
    ]);
    const ids = async (clientId: string | null) =>
      (await stores.resources.list('job', clientId, page)).rows.map(({ id }) => id);
    assert.deepEqual(await ids('cl_1'), ['new', 'old']);
    assert.deepEqual(await ids('cl_2'), ['foreign']);
    assert.deepEqual(await ids('cl_3'), []);
    assert.equal((await ids(null)).length, 3);
  });

  test('a state is set where the resource is known, and removal makes it unknown', async () => {
    const { stores } = await fresh();
    await stores.resources.record([resource()]);
    await stores.resources.setState('job', 'job-1', 'completed', startMs + 7);
    await stores.resources.setState('job', 'none', 'completed', startMs + 7);
    assert.deepEqual(
      await stores.resources.find('job', 'job-1'),
      resource({ state: 'completed', updatedAtMs: startMs + 7 }),
    );
    await stores.resources.remove('job', 'job-1');
    await stores.resources.remove('job', 'job-1');
    assert.equal(await stores.resources.find('job', 'job-1'), null);
  });
}
