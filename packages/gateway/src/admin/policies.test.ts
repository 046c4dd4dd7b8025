import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBench } from './admin.fixture.ts';

test('a policy keeps what it was given, and a preset adds its grants', async (t) => {
  const bench = await createBench(t);
  const wanted = {
    name: 'office',
    preset: 'read-only',
    scopes: ['notes:write'],
    networks: ['192.0.2.0/24'],
    hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '24:00' }],
    remote_hosts: ['*.example.com'],
    rate: { requests: 10, window_seconds: 60 },
    concurrency_max: 4,
  };
  const { status, headers, body } = await bench.call('POST', '/v1/policies', { body: wanted });
  assert.equal(status, 201);
  assert.equal(headers.get('location'), `/v1/policies/${body.id}`);
  const { preset, scopes, ...rest } = wanted;
  assert.equal(preset, 'read-only');
  assert.deepEqual(body, { ...body, ...rest, scopes: ['notes:read', ...scopes] });
  assert.deepEqual((await bench.call('GET', `/v1/policies/${body.id}`)).body, body);
});

test('a change of policy says who loses what', async (t) => {
  const bench = await createBench(t);
  const { policy } = await bench.makeKey('crm');
  const { body } = await bench.call('PATCH', `/v1/policies/${policy.id}?dry_run=true`, {
    body: { scopes: ['notes:write'] },
    ifMatch: '"1"',
  });
  assert.deepEqual(body.effect, [
    'affects crm with the next request',
    'lose the scopes notes:read',
    'gain the scopes notes:write',
  ]);
  assert.deepEqual(body.changes, { scopes: { from: ['notes:read'], to: ['notes:write'] } });
});

test('a changed policy is in force at once', async (t) => {
  const bench = await createBench(t);
  let forgotten = 0;
  const { policy } = await bench.makeKey();
  Object.assign(bench.context, { changed: () => (forgotten += 1) });
  await bench.call('PATCH', `/v1/policies/${policy.id}`, {
    body: { scopes: [] },
    ifMatch: '"1"',
  });
  assert.equal(forgotten, 1);
});

test('a policy that clients have is not removed', async (t) => {
  const bench = await createBench(t);
  const { policy } = await bench.makeKey('crm');
  const path = `/v1/policies/${policy.id}?reason=old`;
  const refused = await bench.call('DELETE', path, { ifMatch: '"1"' });
  assert.equal(refused.status, 409);
  assert.equal(refused.body.hint, 'clients have it: crm');
  const { body: free } = await bench.call('POST', '/v1/policies', { body: { name: 'free' } });
  const gone = await bench.call('DELETE', `/v1/policies/${free.id}?reason=old`, { ifMatch: '"1"' });
  assert.equal(gone.status, 204);
  assert.equal((await bench.call('GET', `/v1/policies/${free.id}`)).status, 404);
});

test('windows of hours that cannot hold are refused', async (t) => {
  const bench = await createBench(t);
  const windows = [
    { days: [1], from: '18:00', to: '08:00' },
    { days: [1], from: '08:00', to: '08:00' },
    { days: [0], from: '08:00', to: '09:00' },
    { days: [], from: '08:00', to: '09:00' },
    { days: [1], from: '8:00', to: '24:01' },
  ];
  for (const window of windows) {
    const { status } = await bench.call('POST', '/v1/policies', {
      body: { name: 'p', hours: [window] },
    });
    assert.equal(status, 400, JSON.stringify(window));
  }
});
