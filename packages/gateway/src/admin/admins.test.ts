import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBench, statusesOf, type Bench } from './admin.fixture.ts';
import { BootstrapTokenWeak, offerBootstrap } from './offer.ts';

async function idOf(bench: Bench, role: string): Promise<string> {
  const { body } = await bench.call('GET', '/v1/admins');
  return body.items.find((admin: { role: string }) => admin.role === role).id;
}

test('an admin is created with a token that works and is not shown again', async (t) => {
  const bench = await createBench(t);
  const made = await bench.call('POST', '/v1/admins', { body: { name: 'ann', role: 'auditor' } });
  assert.equal(made.status, 201);
  const self = await bench.call('GET', '/v1/self', { token: made.body.token });
  assert.equal(self.body.admin.name, 'ann');
  assert.ok(self.body.permissions.includes('config:read'));
  assert.ok(!self.body.permissions.includes('keys:create'));
  const list = JSON.stringify((await bench.call('GET', '/v1/admins')).body);
  assert.ok(!list.includes('digest') && !list.includes('fga_'));
  const again = await bench.call('POST', '/v1/admins', { body: { name: 'ann', role: 'viewer' } });
  assert.equal(again.body.code, 'name_taken');
});

test('nobody changes the own role or state', async (t) => {
  const bench = await createBench(t);
  const id = await idOf(bench, 'owner');
  for (const body of [{ role: 'viewer' }, { state: 'disabled' }, { role: 'owner' }]) {
    const answer = await bench.call('PATCH', `/v1/admins/${id}`, { body, ifMatch: '"1"' });
    assert.equal(answer.body.code, 'own_account');
  }
});

test('there is always an owner', async (t) => {
  const bench = await createBench(t);
  const { body: second } = await bench.call('POST', '/v1/admins', {
    body: { name: 'second', role: 'owner' },
  });
  const first = await idOf(bench, 'owner').then(async () => {
    const { body } = await bench.call('GET', '/v1/admins');
    return body.items.find((admin: { name: string }) => admin.name === 'the-owner').id;
  });
  // Each disables the other at the same moment: one of them must stay, and the other one is out before its turn.
  const answers = await Promise.all([
    bench.call('PATCH', `/v1/admins/${first}`, {
      token: second.token,
      body: { state: 'disabled' },
      ifMatch: '*',
    }),
    bench.call('PATCH', `/v1/admins/${second.admin.id}`, {
      body: { state: 'disabled' },
      ifMatch: '*',
    }),
  ]);
  assert.deepEqual(statusesOf(answers), [200, 401]);
});

test('an admin who is disabled while the body comes changes nothing', async (t) => {
  const bench = await createBench(t);
  const body = new TransformStream<Uint8Array, Uint8Array>();
  const request = new Request('https://127.0.0.1:9443/v1/policies', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bench.tokens.operator}`,
      'content-type': 'application/json',
    },
    body: body.readable,
    duplex: 'half',
  });
  const answer = bench.app.fetch(request, { ip: '127.0.0.1', requestId: 'req_slow' });
  const writer = body.writable.getWriter();
  await writer.write(Buffer.from('{"name":"late",'));
  const id = await idOf(bench, 'operator');
  await bench.call('PATCH', `/v1/admins/${id}`, { body: { state: 'disabled' }, ifMatch: '*' });
  await writer.write(Buffer.from('"preset":"full"}'));
  await writer.close();
  assert.equal((await answer).status, 401);
  assert.equal(await bench.stores.policies.findByName('late'), null);
});

test('a disabled admin is out at once, and a rotated token replaces the old one', async (t) => {
  const bench = await createBench(t);
  const id = await idOf(bench, 'operator');
  await bench.call('PATCH', `/v1/admins/${id}`, { body: { state: 'disabled' }, ifMatch: '*' });
  const out = await bench.call('GET', '/v1/self', { token: bench.tokens.operator });
  assert.equal(out.status, 401);
  const rotated = await bench.call('POST', '/v1/self/rotate', { token: bench.tokens.viewer });
  assert.equal(rotated.status, 200);
  assert.equal((await bench.call('GET', '/v1/self', { token: bench.tokens.viewer })).status, 401);
  assert.equal((await bench.call('GET', '/v1/self', { token: rotated.body.token })).status, 200);
});

test('the bootstrap token makes the first owner, once, within an hour', async (t) => {
  const bench = await createBench(t);
  const token = 'b'.repeat(43);
  const parts = { admins: bench.stores.admins, clock: bench.context.clock };
  const claim = (text: string) =>
    bench.call('POST', '/v1/bootstrap', { token: null, body: { token: text } });
  assert.equal((await claim(token)).status, 401);
  assert.equal(await offerBootstrap(token, parts), true);
  assert.equal((await claim('c'.repeat(43))).status, 401);
  const answers = await Promise.all([claim(token), claim(token), claim(token)]);
  assert.deepEqual(statusesOf(answers), [201, 401, 401]);
  const { body } = answers.find(({ status }) => status === 201)!;
  assert.equal(
    (await bench.call('GET', '/v1/self', { token: body.token })).body.admin.role,
    'owner',
  );
  assert.equal(await offerBootstrap('d'.repeat(43), parts), false);
  assert.ok(!JSON.stringify(bench.audit.entries).includes(token));
});

test('a bootstrap token that is late or could be guessed makes nothing', async (t) => {
  const bench = await createBench(t);
  const parts = { admins: bench.stores.admins, clock: bench.context.clock };
  await assert.rejects(offerBootstrap('changeme', parts), BootstrapTokenWeak);
  const token = 'b'.repeat(43);
  assert.equal(await offerBootstrap(token, parts), true);
  bench.clock.wallMs += 3_600_001;
  const { status } = await bench.call('POST', '/v1/bootstrap', { token: null, body: { token } });
  assert.equal(status, 401);
});
