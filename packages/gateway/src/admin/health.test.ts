import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBench } from './admin.fixture.ts';

const anonymous = { token: null, headers: { host: '10.1.2.3:9443' } };

test('probes are answered without a token, under any host, and leave no entry', async (t) => {
  const bench = await createBench(t);
  bench.audit.isBroken = true;
  assert.deepEqual((await bench.call('GET', '/livez', anonymous)).body, { status: 'alive' });
  assert.deepEqual((await bench.call('GET', '/readyz', anonymous)).body, {
    status: 'ready',
    capabilities: { store: 'ok', upstream: 'ok' },
  });
});

test('readiness falls with a needed capability, not with another', async (t) => {
  const bench = await createBench(t);
  const [store, upstream] = bench.capabilities;
  bench.capabilities.splice(0, 2, store!, {
    ...upstream!,
    state: 'down',
    detail: 'secret.internal',
  });
  const spared = await bench.call('GET', '/readyz', anonymous);
  assert.equal(spared.status, 200);
  assert.ok(!JSON.stringify(spared.body).includes('secret.internal'));
  bench.capabilities.splice(0, 1, { ...store!, state: 'down' });
  const { status, body } = await bench.call('GET', '/readyz', anonymous);
  assert.equal(status, 503);
  assert.equal(body.capabilities.store, 'down');
  assert.equal((await bench.call('GET', '/v1/status')).body.ready, false);
});

test('a gateway that cannot say how it is, is not ready', async (t) => {
  const bench = await createBench(t);
  Object.assign(bench.context, { status: () => Promise.reject(new Error('x')) });
  assert.equal((await bench.call('GET', '/readyz', anonymous)).status, 503);
  assert.equal((await bench.call('GET', '/livez', anonymous)).status, 200);
});
