import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../domain/audit.ts';
import { createBench } from './admin.fixture.ts';
import { explain } from './explain.ts';

const guards = ['peer', 'operation', 'authenticate', 'authorize', 'rate'];

const denied: AuditEntry = {
  id: 'req_01',
  phase: 'final',
  atMs: 0,
  actor: { kind: 'client', clientId: 'cl_1', clientName: 'crm', keyId: 'k' },
  action: 'deleteNote',
  decision: 'denied',
  code: 'insufficient_scope',
  status: 403,
  trail: [
    { guard: 'peer', result: 'passed' },
    { guard: 'operation', result: 'passed' },
    { guard: 'authenticate', result: 'passed' },
    {
      guard: 'authorize',
      result: 'denied',
      code: 'insufficient_scope',
      detail: {
        reason: 'the scope notes:delete is not granted',
        source: 'policy crm',
        remedy: 'filmgate policy update crm --add-scope notes:delete',
      },
    },
  ],
};

test('an explanation names the check that decided, its source and the remedy', () => {
  const explanation = explain(denied, guards);
  assert.equal(explanation.decided_by, 'authorize');
  assert.equal(explanation.source, 'policy crm');
  assert.match(explanation.remedy!, /--add-scope notes:delete/);
  assert.match(explanation.verdict, /^Denied by authorize with 403/);
  assert.deepEqual(
    explanation.checks.map(({ name, result }) => [name, result]),
    [
      ['peer', 'passed'],
      ['operation', 'passed'],
      ['authenticate', 'passed'],
      ['authorize', 'denied'],
      ['rate', 'not reached'],
    ],
  );
});

test('a refusal without a trail is explained by its code', () => {
  const explanation = explain({ ...denied, code: 'framing_invalid', trail: [] }, guards);
  assert.equal(explanation.decided_by, null);
  assert.equal(explanation.reason, 'The HTTP message is not well formed');
  assert.match(explanation.remedy!, /transfer coding/);
});

test('a request that was only begun is not called answered', () => {
  const { code: _, ...rest } = denied;
  const explanation = explain({ ...rest, phase: 'intent', decision: 'allowed', trail: [] }, guards);
  assert.match(explanation.verdict, /not recorded/);
});

test('the explanation of a request is found by its id, of admin requests too', async (t) => {
  const bench = await createBench(t);
  await bench.audit.append(denied);
  const { status, body } = await bench.call('GET', '/v1/requests/req_01', {
    token: bench.tokens.viewer,
  });
  assert.equal(status, 200);
  assert.equal(body.explanation.decided_by, 'authorize');
  assert.equal(body.request.actor.client_name, 'crm');
  const refused = await bench.call('POST', '/v1/clients', { token: bench.tokens.viewer, body: {} });
  const why = await bench.call('GET', `/v1/requests/${refused.body.request_id}`);
  assert.equal(why.body.explanation.decided_by, 'permission');
  assert.match(why.body.explanation.remedy, /clients:create/);
});

test('a tail shows what happens from now on, and ends after its count', async (t) => {
  const bench = await createBench(t);
  const response = await bench.app.fetch(
    new Request('https://localhost/v1/requests/tail?count=2&decision=denied', {
      headers: { authorization: `Bearer ${bench.tokens.viewer}` },
    }),
    { ip: '127.0.0.1', requestId: 'req_test' },
  );
  assert.equal(response.headers.get('content-type'), 'application/x-ndjson');
  await bench.audit.append(denied);
  await bench.audit.append({ ...denied, id: 'req_02', decision: 'allowed' });
  await bench.audit.append({ ...denied, id: 'req_03' });
  await bench.audit.append({ ...denied, id: 'req_04' });
  const ids = (await response.text())
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text).id);
  assert.deepEqual(ids, ['req_01', 'req_03']);
});

test('a slow reader loses entries and is told how many', async (t) => {
  const bench = await createBench(t);
  const response = await bench.app.fetch(
    new Request('https://localhost/v1/requests/tail?count=1500', {
      headers: { authorization: `Bearer ${bench.tokens.viewer}` },
    }),
    { ip: '127.0.0.1', requestId: 'req_test' },
  );
  for (let index = 0; index < 1_200; index += 1) {
    await bench.audit.append({ ...denied, id: `req_${index}` });
  }
  const reader = response.body!.getReader();
  for (let index = 0; index < 1_000; index += 1) await reader.read();
  await bench.audit.append({ ...denied, id: 'req_last' });
  const { value } = await reader.read();
  assert.deepEqual(JSON.parse(new TextDecoder().decode(value)), { dropped: 200 });
  await reader.cancel();
});

test('open tails are bounded, and a stop ends them', async (t) => {
  const bench = await createBench(t);
  const open = () =>
    bench.app.fetch(
      new Request('https://localhost/v1/requests/tail?decision=allowed', {
        headers: { authorization: `Bearer ${bench.tokens.viewer}` },
      }),
      { ip: '127.0.0.1', requestId: 'req_test' },
    );
  const tails = await Promise.all(Array.from({ length: 32 }, open));
  assert.ok(tails.every(({ status }) => status === 200));
  assert.equal((await open()).status, 503);
  bench.app.close();
  assert.deepEqual(await Promise.all(tails.map((tail) => tail.text())), Array(32).fill(''));
  assert.equal((await open()).status, 200);
});
