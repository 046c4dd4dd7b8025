import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailable } from '../ports/stores.ts';
import { createBench, statusesOf } from './admin.fixture.ts';
import { createAdmin } from './app.ts';

test('a host that is not ours is refused before anything else', async (t) => {
  const bench = await createBench(t);
  for (const host of ['evil.example', '127.0.0.1.evil.example', '']) {
    const { status, body } = await bench.call('GET', '/v1/status', { headers: { host } });
    assert.equal(status, 421, host);
    assert.equal(body.code, 'host_unknown');
  }
  for (const host of ['LOCALHOST:9443', 'localhost.', '[::1]:1', '127.0.0.1']) {
    assert.equal((await bench.call('GET', '/v1/status', { headers: { host } })).status, 200, host);
  }
});

test('a change that another site sent is refused, a tool and the own page are not', async (t) => {
  const bench = await createBench(t);
  const body = { name: 'p', preset: 'full' };
  const refused = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:9443' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of refused) {
    const answer = await bench.call('POST', '/v1/policies', {
      body,
      headers: { host: '127.0.0.1:9443', ...headers },
    });
    assert.equal(answer.body.code, 'origin_refused', JSON.stringify(headers));
  }
  const own = { host: '127.0.0.1:9443', origin: 'https://127.0.0.1:9443' };
  const made = await bench.call('POST', '/v1/policies', { body, headers: own });
  assert.equal(made.status, 201);
});

test('only JSON is taken as a body, so that no form of a page can send one', async (t) => {
  const bench = await createBench(t);
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/jsonx',
    '',
  ]) {
    const { status } = await bench.call('POST', '/v1/policies', {
      body: { name: 'p' },
      headers: { 'content-type': type },
    });
    assert.equal(status, 415, type);
  }
  for (const body of ['{"name":', '{"name":"a","name":"b"}', '', '\ufeff{}', '['.repeat(40)]) {
    const answer = await bench.call('POST', '/v1/policies', { body });
    assert.equal(answer.body.code, 'body_malformed', body);
  }
  const large = await bench.call('POST', '/v1/policies', { body: { name: 'x'.repeat(300_000) } });
  assert.equal(large.status, 413);
});

test('no answer allows another origin or is kept by a cache', async (t) => {
  const bench = await createBench(t);
  for (const path of ['/v1/clients', '/livez', '/nothing']) {
    const { headers } = await bench.call('GET', path, {
      headers: { origin: 'https://evil.example' },
    });
    assert.equal(headers.get('access-control-allow-origin'), null);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
  const preflight = await bench.call('OPTIONS', '/v1/clients');
  assert.equal(preflight.status, 404);
});

test('a token that is missing, malformed, unknown, disabled or expired is refused with its own code', async (t) => {
  const bench = await createBench(t);
  const codeOf = async (token: string | null) => {
    const { status, headers, body } = await bench.call('GET', '/v1/status', { token });
    assert.equal(status, 401);
    assert.match(headers.get('www-authenticate') ?? '', /^Bearer/);
    return body.code;
  };
  assert.equal(await codeOf(null), 'credential_missing');
  assert.equal(await codeOf('fg_live_abc'), 'credential_malformed');
  assert.equal(await codeOf(`fga_${'0'.repeat(43)}`), 'credential_unknown');
  const { rows } = await bench.stores.admins.list({ limit: 10, cursor: null });
  const viewer = rows.find(({ role }) => role === 'viewer')!;
  await bench.stores.admins.update({ ...viewer, state: 'disabled', version: 2 }, 1);
  assert.equal(await codeOf(bench.tokens.viewer), 'credential_disabled');
  bench.clock.wallMs += 366 * 86_400_000;
  assert.equal(await codeOf(bench.tokens.owner), 'credential_expired');
});

test('a change is recorded before and after it is made, durably and without secrets', async (t) => {
  const bench = await createBench(t);
  const { key, text } = await bench.makeKey();
  const entries = bench.audit.entries.filter(({ action }) => action === 'keys:create');
  assert.deepEqual(
    entries.map(({ phase, decision }) => [phase, decision]),
    [
      ['intent', 'allowed'],
      ['final', 'allowed'],
    ],
  );
  assert.equal(entries[0]!.id, entries[1]!.id);
  assert.equal(entries[1]!.status, 201);
  assert.equal(entries[1]!.sourceIp, '127.0.0.1');
  assert.equal(entries[1]!.actor.via, 'the-owner');
  assert.ok(bench.audit.durable.every(Boolean));
  const log = JSON.stringify(bench.audit.entries);
  assert.ok(!log.includes(text) && !log.includes(text.split('_').at(-1)!));
  assert.ok(!log.includes('fga_'));
  assert.ok(key.id);
});

test('refusals are recorded with the check that decided; those of strangers do not wait for the disk', async (t) => {
  const bench = await createBench(t);
  await bench.call('POST', '/v1/clients', { token: bench.tokens.viewer, body: {} });
  await bench.call('POST', '/v1/clients', { token: null, body: {} });
  await bench.call('GET', '/v1/nothing', { token: null });
  assert.deepEqual(
    bench.audit.entries.map(({ decision, code, trail }) => [decision, code, trail.at(-1)?.guard]),
    [
      ['denied', 'permission_missing', 'permission'],
      ['denied', 'credential_missing', 'authenticate'],
      ['denied', 'route_unknown', 'route'],
    ],
  );
  assert.deepEqual(bench.audit.durable, [true, false, false]);
});

test('without a log nothing changes', async (t) => {
  const bench = await createBench(t);
  bench.audit.isBroken = true;
  const { status, body } = await bench.call('POST', '/v1/policies', { body: { name: 'p' } });
  assert.equal(status, 503);
  assert.equal(body.code, 'audit_unavailable');
  assert.equal(await bench.stores.policies.findByName('p'), null);
  assert.equal((await bench.call('GET', '/v1/nothing')).status, 503);
});

test('a store that is down gives 503, a bug 500, and neither tells its message', async (t) => {
  const bench = await createBench(t);
  const broken = (error: Error) =>
    createAdmin(
      {
        ...bench.context,
        stores: {
          ...bench.stores,
          admins: Object.assign(Object.create(bench.stores.admins), {
            findByDigest: () => Promise.reject(error),
          }),
        },
      },
      '0.1.0',
    );
  const request = () =>
    new Request('https://localhost/v1/status', {
      headers: { authorization: `Bearer ${bench.tokens.owner}` },
    });
  for (const [error, status] of [
    [new StoreUnavailable('locked by x'), 503],
    [new Error('x'), 500],
  ] as const) {
    const response = await broken(error).fetch(request(), {
      ip: '127.0.0.1',
      requestId: 'req_test',
    });
    assert.equal(response.status, status);
    assert.ok(!(await response.text()).includes('x"'));
  }
});

test('an update needs the version that was seen', async (t) => {
  const bench = await createBench(t);
  const { client } = await bench.makeKey();
  const path = `/v1/clients/${client.id}`;
  const body = { owner: 'another team' };
  assert.equal((await bench.call('PATCH', path, { body })).status, 428);
  assert.equal((await bench.call('PATCH', path, { body, ifMatch: '"9"' })).status, 412);
  assert.equal((await bench.call('PATCH', path, { body, ifMatch: 'W/"1"' })).status, 412);
  const { headers } = await bench.call('GET', path);
  const done = await bench.call('PATCH', path, { body, ifMatch: headers.get('etag')! });
  assert.equal(done.status, 200);
  assert.equal(done.headers.get('etag'), '"2"');
  assert.equal((await bench.call('PATCH', path, { body, ifMatch: '"1"' })).status, 412);
  assert.equal((await bench.call('PATCH', path, { body, ifMatch: '*' })).status, 200);
});

test('of changes that saw the same version exactly one is made', async (t) => {
  const bench = await createBench(t);
  const { client } = await bench.makeKey();
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((owner) =>
      bench.call('PATCH', `/v1/clients/${client.id}`, { body: { owner }, ifMatch: '"1"' }),
    ),
  );
  assert.deepEqual(statusesOf(answers), [200, 412, 412, 412]);
});

test('a dry run checks everything, shows the effect and changes nothing', async (t) => {
  const bench = await createBench(t);
  const { client, key, policy } = await bench.makeKey();
  const recorded = bench.audit.entries.length;
  const runs = [
    ['POST', '/v1/clients', { name: 'new', owner: 'x', policy_id: policy.id }],
    ['PATCH', `/v1/clients/${client.id}`, { owner: 'x' }],
    ['POST', `/v1/clients/${client.id}/disable`, { reason: 'x' }],
    ['POST', '/v1/keys', { client_id: client.id }],
    ['POST', `/v1/keys/${key.id}/rotate`, {}],
    ['POST', `/v1/keys/${key.id}/revoke`, { reason: 'x' }],
    ['PATCH', `/v1/policies/${policy.id}`, { scopes: ['notes:write'] }],
    ['POST', '/v1/admins', { name: 'x', role: 'viewer' }],
    ['POST', '/v1/resources/adopt', { client_id: client.id, kind: 'note', ids: ['1'] }],
  ] as const;
  for (const [method, path, body] of runs) {
    const answer = await bench.call(method, `${path}?dry_run=true`, { body, ifMatch: '"1"' });
    assert.equal(answer.status, 200, `${method} ${path}`);
    assert.equal(answer.body.dry_run, true);
    assert.ok(answer.body.effect.length > 0);
    assert.ok(!JSON.stringify(answer.body).includes('fg_live'));
  }
  assert.equal(bench.audit.entries.length, recorded);
  assert.equal((await bench.call('GET', '/v1/clients')).body.items.length, 1);
  assert.equal((await bench.call('GET', `/v1/keys/${key.id}`)).headers.get('etag'), '"1"');
  const bad = await bench.call('POST', '/v1/clients?dry_run=true', { body: { name: 'UPPER' } });
  assert.equal(bad.status, 400);
});

test('pages follow each other without gaps or repeats, and a made-up cursor is refused', async (t) => {
  const bench = await createBench(t);
  for (let index = 0; index < 7; index += 1) {
    await bench.call('POST', '/v1/policies', { body: { name: `p${index}` } });
  }
  const names: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await bench.call('GET', `/v1/policies?limit=3${query}`);
    names.push(...body.items.map((item: { name: string }) => item.name));
    cursor = body.next;
  }
  assert.deepEqual(names.toSorted(), ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
  for (const query of [
    'cursor=zzz',
    'cursor=',
    'limit=0',
    'limit=201',
    'limit=x',
    'limit=1&limit=2',
    'limt=1',
  ]) {
    assert.equal((await bench.call('GET', `/v1/policies?${query}`)).status, 400, query);
  }
});

test('all that is wrong with a body is said at once, with pointers and nearest names, never values', async (t) => {
  const bench = await createBench(t);
  const { status, body } = await bench.call('POST', '/v1/policies', {
    body: { nmae: 'p', scopes: ['notes:raed'], networks: ['10.0.0.1/8'], rate: { requests: 0 } },
  });
  assert.equal(status, 400);
  const found = Object.fromEntries(
    body.findings.map(({ pointer, message }: Record<string, string>) => [pointer, message]),
  );
  assert.equal(found['/nmae'], 'unknown member; did you mean "name"?');
  assert.equal(found['/scopes/0'], 'unknown value; did you mean "notes:read"?');
  assert.match(found['/networks/0'], /^expected a network such as/);
  assert.equal(found['/name'], 'is required');
  assert.equal(found['/rate/window_seconds'], 'is required');
  assert.ok(!JSON.stringify(body).includes('10.0.0.1/8'));
});

test('an error document has the form of the edge', async (t) => {
  const bench = await createBench(t);
  const { status, headers, body } = await bench.call('GET', '/v1/clients/cl_none');
  assert.equal(status, 404);
  assert.equal(headers.get('content-type'), 'application/problem+json');
  assert.equal(headers.get('filmgate-error'), 'true');
  assert.match(body.request_id, /^req_/);
  assert.deepEqual(Object.keys(body).toSorted(), [
    'code',
    'fault',
    'request_id',
    'retryable',
    'status',
    'title',
    'type',
  ]);
});
