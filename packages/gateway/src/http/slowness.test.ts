import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { Received } from '../domain/received.ts';
import { connectTls, exchangeRaw, ok, openTestListener, pause, readAll } from './fixture.ts';

const host = 'Host: localhost\r\n';
const limits = {
  headersTimeoutMs: 300,
  handshakeTimeoutMs: 300,
  checkIntervalMs: 50,
  slownessMs: 300,
  lingerMs: 100,
};

const echoLength = async ({ body }: Received) => {
  const bytes = await body.read(10_000_000);
  return 'denied' in bytes
    ? { status: 408, headers: [], body: bytes.code }
    : ok(String(bytes.length));
};

test('headers that come byte by byte are cut with 408', async () => {
  await using gate = await openTestListener(echoLength, { limits });
  const socket = await connectTls(gate.port);
  const answer = readAll(socket);
  const timer = setInterval(() => socket.write('A'), 20);
  socket.write(`GET / HTTP/1.1\r\n${host}`);
  const { text, closed } = await answer;
  clearInterval(timer);
  assert.ok(closed);
  assert.match(text, /^HTTP\/1\.1 408 /);
  assert.match(text, /"code":"request_timeout"/);
  assert.equal(gate.denials[0]!.denial.code, 'request_timeout');
});

test('connections on which nothing happens are cut, before and after the handshake', async () => {
  await using gate = await openTestListener(echoLength, { limits });
  const bare = connect(gate.port, '127.0.0.1');
  bare.on('error', () => {});
  const idle = await connectTls(gate.port);
  await Promise.all([once(bare, 'close'), readAll(idle)]);
  while (gate.listener.state().connections > 0) await pause(10);
});

test('a body that comes byte by byte, or stops, is cut with 408 by whoever reads it', async () => {
  await using gate = await openTestListener(echoLength, { limits });
  for (const isTrickling of [true, false]) {
    const socket = await connectTls(gate.port);
    const answer = readAll(socket);
    socket.write(`POST / HTTP/1.1\r\n${host}Content-Length: 1000\r\n\r\nabc`);
    const timer = setInterval(() => isTrickling && socket.write('a'), 20);
    const { text, closed } = await answer;
    clearInterval(timer);
    assert.ok(closed);
    assert.match(text, /^HTTP\/1\.1 408 [^]*body_timeout$/);
  }
});

test('a body that never ends and that nobody reads is cut, too', async () => {
  await using gate = await openTestListener(async () => ok(), { limits });
  const socket = await connectTls(gate.port);
  const answer = readAll(socket);
  socket.write(`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`);
  const timer = setInterval(() => socket.write('1\r\na\r\n'), 10);
  const { text, closed } = await answer;
  clearInterval(timer);
  assert.ok(closed);
  assert.match(text, /^HTTP\/1\.1 200 /);
});

test('a request that takes too long as a whole is cut however fast it is', async () => {
  await using gate = await openTestListener(echoLength, {
    limits: { ...limits, requestTimeoutMs: 400 },
  });
  const socket = await connectTls(gate.port);
  const answer = readAll(socket);
  socket.write(`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`);
  const chunk = `1000\r\n${'a'.repeat(4096)}\r\n`;
  const timer = setInterval(() => socket.write(chunk), 20);
  const { text, closed } = await answer;
  clearInterval(timer);
  assert.ok(closed);
  assert.match(text, /"code":"request_timeout"/);
});

test('a caller who is made to wait by the consumer of a stream is not blamed', async () => {
  await using gate = await openTestListener(
    async ({ body }) => {
      let bytes = 0;
      for await (const chunk of body.stream(10_000_000)) {
        if (bytes === 0) await pause(1_000);
        bytes += chunk.length;
      }
      return ok(`${bytes}\n`);
    },
    { limits },
  );
  const socket = await connectTls(gate.port);
  const answer = readAll(socket);
  socket.write(`POST / HTTP/1.1\r\n${host}Connection: close\r\nContent-Length: 2000000\r\n\r\n`);
  socket.write(Buffer.alloc(2_000_000));
  assert.match((await answer).text, /\r\n\r\n2000000\n$/);
});

test('a reader that does not read is cut, and its source is stopped', async () => {
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  async function* endless() {
    try {
      for (;;) yield Buffer.alloc(65_536);
    } finally {
      resolve();
    }
  }
  await using gate = await openTestListener(
    async ({ path }) => ({
      ...ok(),
      body: path === '/stream' ? endless() : Buffer.alloc(30_000_000),
    }),
    { limits },
  );
  for (const path of ['/whole', '/stream']) {
    const socket = await connectTls(gate.port);
    socket.on('error', () => {});
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\n${host}\r\n`);
    while (gate.listener.state().connections === 0) await pause(10);
    while (gate.listener.state().connections > 0) await pause(10);
    socket.destroy();
  }
  await stopped;
});

test('an answer whose source is slow is not the reader’s fault', async () => {
  async function* slow() {
    yield Buffer.from('a');
    await pause(1_000);
    yield Buffer.from('b');
  }
  await using gate = await openTestListener(async () => ({ ...ok(), body: slow() }), { limits });
  const { text } = await exchangeRaw(
    gate.port,
    `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
  );
  assert.match(text, /1\r\na\r\n1\r\nb\r\n0\r\n\r\n$/);
});

test('among three hundred slow callers a good one is served, and the slow ones end', async () => {
  await using gate = await openTestListener(echoLength, {
    // Three hundred handshakes at once take long on a busy machine; the slowness meant here comes after them.
    limits: { ...limits, slownessMs: 1_000, handshakeTimeoutMs: 30_000, headersTimeoutMs: 3_000 },
  });
  const slow = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const socket = await connectTls(gate.port);
      socket.on('error', () => {});
      const head = `POST / HTTP/1.1\r\n${host}Content-Length: 1000\r\n`;
      socket.write(index % 2 === 0 ? head : `${head}\r\n`);
      socket.resume();
      return socket;
    }),
  );
  for (let count = 0; count < 20; count += 1) {
    const raw = `POST / HTTP/1.1\r\n${host}Connection: close\r\nContent-Length: 3\r\n\r\nabc`;
    assert.match((await exchangeRaw(gate.port, raw)).text, /^HTTP\/1\.1 200 /);
  }
  for (const socket of slow) if (!socket.closed) await once(socket, 'close');
  assert.ok(gate.denials.length >= 150);
});
