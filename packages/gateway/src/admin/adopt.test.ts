import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UpstreamReply } from '../ports/upstream.ts';
import { createBench } from './admin.fixture.ts';

const page = (value: object, status = 200): UpstreamReply => ({
  status,
  headers: [],
  body: new TextEncoder().encode(JSON.stringify(value)),
  headMs: 3,
});

test("named resources become a client's; those of another client never do", async (t) => {
  const bench = await createBench(t);
  const first = await bench.makeKey('first');
  const second = await bench.makeKey('second');
  const adopt = (client_id: string, ids: readonly string[]) =>
    bench.call('POST', '/v1/resources/adopt', { body: { client_id, kind: 'note', ids } });
  const { body } = await adopt(first.client.id, ['1', '2']);
  assert.deepEqual(
    body.adopted.map(({ id, client_id, request_id }: Record<string, unknown>) => [
      id,
      client_id,
      request_id,
    ]),
    [
      ['1', first.client.id, null],
      ['2', first.client.id, null],
    ],
  );
  const taken = await adopt(second.client.id, ['3', '2']);
  assert.equal(taken.status, 409);
  assert.equal(taken.body.pointer, '/ids/1');
  assert.equal(taken.body.hint, 'it belongs to the client first');
  assert.equal(await bench.stores.resources.find('note', '3'), null);
  const jobs = await bench.call('GET', `/v1/jobs?client_id=${first.client.id}`);
  assert.equal(jobs.body.items.length, 2);
});

test('what a removed client left can be adopted by another', async (t) => {
  const bench = await createBench(t);
  const first = await bench.makeKey('first');
  const second = await bench.makeKey('second');
  const adopt = (client_id: string) =>
    bench.call('POST', '/v1/resources/adopt', { body: { client_id, kind: 'note', ids: ['1'] } });
  await adopt(first.client.id);
  const path = `/v1/clients/${first.client.id}`;
  await bench.call('POST', `${path}/disable`, { body: { reason: 'left' }, ifMatch: '*' });
  await bench.call('DELETE', `${path}?reason=left`, { ifMatch: '*' });
  assert.equal((await adopt(second.client.id)).status, 200);
  const owned = await bench.stores.resources.find('note', '1');
  assert.equal(owned?.clientId, second.client.id);
});

test('without ids all pages of the account are read, and owned things left where they are', async (t) => {
  const bench = await createBench(t);
  const first = await bench.makeKey('first');
  const second = await bench.makeKey('second');
  await bench.call('POST', '/v1/resources/adopt', {
    body: { client_id: first.client.id, kind: 'note', ids: ['b'] },
  });
  bench.upstream.replies.push(
    page({ items: [{ id: 'a' }, { id: 'b' }], next: 'k&1' }),
    page({ items: [{ id: 7 }, { noId: true }] }),
  );
  const { body } = await bench.call('POST', '/v1/resources/adopt', {
    body: { client_id: second.client.id, kind: 'note' },
  });
  assert.deepEqual(
    body.adopted.map(({ id }: { id: string }) => id),
    ['a', '7'],
  );
  assert.deepEqual(
    bench.upstream.calls.map(({ path, query }) => [path, query]),
    [
      ['/v1/notes', ''],
      ['/v1/notes', 'after=k%261'],
    ],
  );
});

test('an upstream that cannot list adopts nothing', async (t) => {
  const bench = await createBench(t);
  const { client } = await bench.makeKey();
  bench.upstream.replies.push(page({ message: 'no' }, 401));
  const { status, body } = await bench.call('POST', '/v1/resources/adopt', {
    body: { client_id: client.id, kind: 'note' },
  });
  assert.equal(status, 502);
  assert.equal(body.hint, 'the upstream answered 401');
});

test('the upstream test tells whether the credential works', async (t) => {
  const bench = await createBench(t);
  bench.upstream.replies.push(page({}), page({}, 401));
  assert.deepEqual((await bench.call('POST', '/v1/upstream/test')).body, {
    works: true,
    status: 200,
    head_ms: 3,
  });
  assert.equal((await bench.call('POST', '/v1/upstream/test')).body.works, false);
});

test('a key is revoked while an adoption waits for the upstream', async (t) => {
  const bench = await createBench(t);
  const { client, key } = await bench.makeKey();
  const slow = Promise.withResolvers<UpstreamReply>();
  Object.assign(bench.context.upstream, { send: () => slow.promise });
  const adoption = bench.call('POST', '/v1/resources/adopt', {
    body: { client_id: client.id, kind: 'note' },
  });
  const revoked = await bench.call('POST', `/v1/keys/${key.id}/revoke`, {
    body: { reason: 'leaked' },
    ifMatch: '*',
  });
  assert.equal(revoked.body.state, 'revoked');
  slow.resolve(page({ items: [] }));
  assert.equal((await adoption).status, 200);
});

test('what a client makes while an adoption is decided stays its own', async (t) => {
  const bench = await createBench(t);
  const adopting = await bench.makeKey('adopting');
  const making = await bench.makeKey('making');
  const { resources } = bench.stores;
  const made = {
    kind: 'note',
    id: 'new',
    clientId: making.client.id as string,
    requestId: null,
    operationId: null,
    state: null,
    createdAtMs: 0,
    updatedAtMs: 0,
  };
  let looks = 0;
  const find = resources.find.bind(resources);
  t.mock.method(resources, 'find', async (kind: string, id: string) => {
    const found = await find(kind, id);
    if ((looks += 1) === 1) await resources.record([made]);
    return found;
  });
  const answer = await bench.call('POST', '/v1/resources/adopt', {
    body: { client_id: adopting.client.id, kind: 'note', ids: ['new'] },
  });
  assert.equal(answer.status, 409);
  assert.equal((await find('note', 'new'))?.clientId, making.client.id);
});
