import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBench, statusesOf } from './admin.fixture.ts';

test('a client is created, found by name, changed and listed', async (t) => {
  const bench = await createBench(t);
  const { client } = await bench.makeKey('crm');
  const found = await bench.call('GET', '/v1/clients?name=crm');
  assert.deepEqual(found.body, { items: [client], next: null });
  const { body } = await bench.call('PATCH', `/v1/clients/${client.id}`, {
    body: { networks: ['10.0.0.0/8'], metadata: { team: 'video' } },
    ifMatch: '"1"',
  });
  assert.deepEqual(body.networks, ['10.0.0.0/8']);
  assert.equal(body.owner, client.owner);
  assert.equal(body.version, 2);
  const { changes } = bench.audit.entries.at(-1)!;
  assert.deepEqual(changes, {
    networks: { from: [], to: ['10.0.0.0/8'] },
    metadata: { from: {}, to: { team: 'video' } },
  });
});

test('names are unique, and policies must exist', async (t) => {
  const bench = await createBench(t);
  const { client, policy } = await bench.makeKey('crm');
  const again = { name: 'crm', owner: 'x', policy_id: policy.id };
  assert.equal((await bench.call('POST', '/v1/clients', { body: again })).body.code, 'name_taken');
  const other = await bench.call('POST', '/v1/clients', { body: { ...again, name: 'cms' } });
  const rename = await bench.call('PATCH', `/v1/clients/${client.id}`, {
    body: { name: 'cms' },
    ifMatch: '"1"',
  });
  assert.equal(rename.body.code, 'name_taken');
  assert.equal(other.status, 201);
  const lost = { ...again, name: 'x', policy_id: `pol_${'0'.repeat(20)}` };
  const { body } = await bench.call('POST', '/v1/clients', { body: lost });
  assert.equal(body.pointer, '/policy_id');
});

test('two that create the same name at the same time get one client', async (t) => {
  const bench = await createBench(t);
  const { policy } = await bench.makeKey('crm');
  const body = { name: 'same', owner: 'x', policy_id: policy.id };
  const answers = await Promise.all(
    [1, 2, 3].map(() => bench.call('POST', '/v1/clients', { body })),
  );
  assert.deepEqual(statusesOf(answers), [201, 409, 409]);
});

test('a client is disabled before it is removed, and says how many keys that stops', async (t) => {
  const bench = await createBench(t);
  const { client, key } = await bench.makeKey('crm');
  const path = `/v1/clients/${client.id}`;
  const early = await bench.call('DELETE', `${path}?reason=left`, { ifMatch: '"1"' });
  assert.equal(early.body.code, 'state_conflict');
  const preview = await bench.call('POST', `${path}/disable?dry_run=true`, {
    body: { reason: 'left' },
    ifMatch: '"1"',
  });
  assert.deepEqual(preview.body.effect, ['client crm stops at once, with 1 active key']);
  await bench.call('POST', `${path}/disable`, { body: { reason: 'left' }, ifMatch: '"1"' });
  const gone = await bench.call('DELETE', `${path}?reason=left`, { ifMatch: '"2"' });
  assert.equal(gone.status, 204);
  assert.equal(gone.body, null);
  assert.equal((await bench.call('GET', path)).status, 404);
  assert.equal((await bench.call('GET', `/v1/keys/${key.id}`)).status, 404);
});

test('text for people holds no control or direction characters', async (t) => {
  const bench = await createBench(t);
  const { policy } = await bench.makeKey('crm');
  for (const owner of ['a\nb', 'a\u001b[31m', 'a\u202eb', 'a\u2028b', ' ', '']) {
    const { status } = await bench.call('POST', '/v1/clients', {
      body: { name: 'x', owner, policy_id: policy.id },
    });
    assert.equal(status, 400, JSON.stringify(owner));
  }
});
