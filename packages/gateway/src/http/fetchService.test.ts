import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { serveFetch, type FetchFacts } from './fetchService.ts';
import { connectTls, exchangeRaw, openTestListener, pause } from './fixture.ts';
import { createRefuse } from './problem.ts';

const host = 'Host: localhost\r\n';
const { promise: cancelled, resolve: cancel } = Promise.withResolvers<void>();

const app = new Hono<{ Bindings: FetchFacts }>();
app.get('/facts', (context) =>
  context.json({ url: context.req.url, id: context.env.requestId, port: context.env.socket.port }),
);
app.post('/echo', async (context) => context.json(await context.req.json()));
app.post('/ignore', (context) => context.text('ignored'));
app.post('/swallow', async (context) => {
  await context.req.text().catch(() => {});
  return context.text('swallowed');
});
app.get('/cookies', (context) => {
  context.header('set-cookie', 'a=1');
  context.header('set-cookie', 'b=2', { append: true });
  context.header('cache-control', 'private');
  return context.body(null, 204);
});
app.get('/follow', (context) =>
  stream(context, async (out) => {
    out.onAbort(cancel);
    await out.write('first\n');
    await cancelled;
  }),
);
app.get('/throw', () => {
  throw new Error('secret');
});
app.onError((_error, context) => context.text('failed', 500));

const service = serveFetch({
  fetch: (request, facts) => app.fetch(request, facts),
  bodyBytesMax: 100,
  refuse: createRefuse(),
});
const open = () =>
  openTestListener(() => Promise.reject(new Error()), { service, limits: { lingerMs: 100 } });

const ask = async (port: number, line: string, rest = '', body = '') =>
  (await exchangeRaw(port, `${line} HTTP/1.1\r\n${host}Connection: close\r\n${rest}\r\n${body}`))
    .text;

test('an application sees the canonical address and the facts of the request', async () => {
  await using gate = await open();
  const text = await ask(gate.port, 'GET //f%61cts?a=b+c');
  const shown = JSON.parse(/\{.*\}/.exec(text)![0]) as { url: string; id: string; port: number };
  assert.equal(shown.url, 'https://localhost/facts?a=b%20c');
  assert.ok(text.includes(`x-request-id: ${shown.id}`));
  assert.ok(shown.port > 0);
  assert.match(text, /^cache-control: no-store$/m);
});

test('bodies go in and out, and HEAD has none', async () => {
  await using gate = await open();
  const json = '{"a":"ä"}';
  const head = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\n`;
  const body = Buffer.from(json).toString('latin1');
  assert.match(await ask(gate.port, 'POST /echo', head, body), /\{"a":"Ã¤"\}/);
  const text = await ask(gate.port, 'HEAD /facts');
  assert.match(text, /^HTTP\/1\.1 200 [^]*\r\n\r\n$/);
});

test('cookies stay apart and a caching rule of the application stands', async () => {
  await using gate = await open();
  const text = await ask(gate.port, 'GET /cookies');
  assert.match(text, /^HTTP\/1\.1 204 /);
  assert.match(text, /^set-cookie: a=1$/m);
  assert.match(text, /^set-cookie: b=2$/m);
  assert.match(text, /^cache-control: private$/m);
});

test('a body that is too large is 413 whatever the application makes of it', async () => {
  await using gate = await open();
  for (const path of ['/echo', '/swallow']) {
    for (const head of ['Content-Length: 101\r\n', 'Transfer-Encoding: chunked\r\n']) {
      const body = head.startsWith('C') ? 'a'.repeat(101) : `65\r\n${'a'.repeat(101)}\r\n0\r\n\r\n`;
      const text = await ask(gate.port, `POST ${path}`, head, body);
      assert.match(text, /^HTTP\/1\.1 413 [^]*"code":"body_too_large"/, `${path} ${head}`);
    }
  }
});

test('a body that nobody reads does not hold up the answer', async () => {
  await using gate = await open();
  const text = await ask(gate.port, 'POST /ignore', 'Content-Length: 1000000\r\n', 'a');
  assert.match(text, /ignored/);
});

test('a stream is cancelled when its reader leaves', async () => {
  await using gate = await open();
  const socket = await connectTls(gate.port);
  socket.write(`GET /follow HTTP/1.1\r\n${host}\r\n`);
  await once(socket, 'data');
  await pause(20);
  socket.destroy();
  await cancelled;
});

test('an error of the application does not show', async () => {
  await using gate = await open();
  const text = await ask(gate.port, 'GET /throw');
  assert.match(text, /^HTTP\/1\.1 500 /);
  assert.doesNotMatch(text, /secret/);
});
