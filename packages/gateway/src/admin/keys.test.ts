import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as hold, asyncProperty, subarray } from 'fast-check';
import { createBench } from './admin.fixture.ts';

const day = 86_400_000;

test('a key is shown once, and expires by itself', async (t) => {
  const bench = await createBench(t);
  const { key, text } = await bench.makeKey();
  assert.match(text, /^fg_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
  assert.equal(Date.parse(key.expires_at), bench.clock.wallMs + 90 * day);
  const shown = await bench.call('GET', `/v1/keys/${key.id}`);
  assert.ok(!JSON.stringify(shown.body).includes(text.slice(21)));
  bench.clock.wallMs += 91 * day;
  assert.equal((await bench.call('GET', `/v1/keys/${key.id}`)).body.state, 'expired');
});

test('a key shows when, from where and with which secret it was last used', async (t) => {
  const bench = await createBench(t);
  const { key } = await bench.makeKey();
  const atMs = bench.clock.wallMs + 5;
  await bench.stores.keys.touch([{ keyId: key.id, secretNumber: 1, atMs, ip: '192.0.2.7' }]);
  const { body } = await bench.call('GET', '/v1/keys');
  assert.deepEqual(body.items[0].last_used, {
    at: new Date(atMs).toISOString(),
    ip: '192.0.2.7',
    secret_number: 1,
  });
});

test('a rotation keeps the id, adds a secret and ends the old one after the overlap', async (t) => {
  const bench = await createBench(t);
  const { key, text } = await bench.makeKey();
  const { status, body } = await bench.call('POST', `/v1/keys/${key.id}/rotate`, {
    body: { overlap_seconds: 3600 },
    ifMatch: '"1"',
  });
  assert.equal(status, 200);
  assert.notEqual(body.text, text);
  assert.equal(body.key.id, key.id);
  assert.deepEqual(
    body.key.secrets.map(({ number, retires_at }: Record<string, unknown>) => [number, retires_at]),
    [
      [2, null],
      [1, new Date(bench.clock.wallMs + 3_600_000).toISOString()],
    ],
  );
});

test('a key goes through its states; revoked is the end', async (t) => {
  const bench = await createBench(t);
  const { key } = await bench.makeKey();
  const go = async (verb: string, body: object) => {
    const answer = await bench.call('POST', `/v1/keys/${key.id}/${verb}`, { body, ifMatch: '*' });
    return [answer.status, answer.body.state ?? answer.body.code, answer.body.state_reason];
  };
  assert.deepEqual(await go('disable', {}), [400, 'field_missing', undefined]);
  assert.deepEqual(await go('disable', { reason: 'leaked?' }), [200, 'disabled', 'leaked?']);
  assert.deepEqual(await go('enable', {}), [200, 'active', null]);
  assert.deepEqual(await go('revoke', { reason: 'leaked' }), [200, 'revoked', 'leaked']);
  assert.deepEqual(await go('enable', {}), [409, 'state_conflict', undefined]);
  assert.deepEqual(await go('rotate', {}), [409, 'state_conflict', undefined]);
  const last = bench.audit.entries.findLast(({ action }) => action === 'keys:revoke')!;
  assert.equal(last.reason, 'leaked');
});

test('a key never has a scope that the policy lacks', async (t) => {
  const bench = await createBench(t);
  const { client, policy } = await bench.makeKey();
  const all = ['notes:read', 'notes:write', 'notes:delete', 'notes:other'];
  let cases = 0;
  await hold(
    asyncProperty(subarray(all, { minLength: 1 }), async (scopes) => {
      const { status, body } = await bench.call('POST', '/v1/keys', {
        body: { client_id: client.id, scopes },
      });
      const within = scopes.every((scope) => policy.scopes.includes(scope));
      assert.equal(status === 201, within, JSON.stringify(body));
      cases += 1;
    }),
    { numRuns: 40 },
  );
  assert.equal(cases, 40);
});

test('a key that never expires cannot be made', async (t) => {
  const bench = await createBench(t);
  const { client } = await bench.makeKey();
  for (const expires_at of ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z', 'never', null, 0]) {
    const { status } = await bench.call('POST', '/v1/keys', {
      body: { client_id: client.id, expires_at },
    });
    assert.equal(status, 400, String(expires_at));
  }
});
