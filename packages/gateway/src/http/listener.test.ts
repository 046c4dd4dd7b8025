import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpsRequest, Agent } from 'node:https';
import { test } from 'node:test';
import type { Answer } from '../domain/received.ts';
import {
  connectTls,
  exchangeRaw,
  ok,
  openTestListener,
  pause,
  readAll,
  testAuthority,
} from './fixture.ts';

const host = 'Host: localhost\r\n';

test('a request is received with one canonical target, its headers and the facts of its socket', async () => {
  const seen: unknown[] = [];
  await using gate = await openTestListener(async (received) => {
    const { id, method, path, segments, query, headers, socket, gone } = received;
    seen.push({
      method,
      path,
      segments,
      query,
      a: headers.get('a'),
      socket,
      aborted: gone.aborted,
    });
    assert.match(id, /^req_[0-9A-Z]{26}$/);
    return ok();
  });
  const raw = `GET //v1/%70rojects/?a=%41+b HTTP/1.1\r\n${host}A: B\r\nConnection: close\r\n\r\n`;
  const { text } = await exchangeRaw(gate.port, raw);
  assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
  const [facts] = seen as { socket: { port: number } }[];
  assert.deepEqual(facts, {
    method: 'GET',
    path: '/v1/projects',
    segments: ['v1', 'projects'],
    query: [['a', 'A b']],
    a: 'B',
    socket: { address: '127.0.0.1', port: facts!.socket.port, encrypted: true },
    aborted: false,
  });
});

test('every answer has its id and the security headers, and nothing of the software', async () => {
  const answer: Answer = {
    status: 201,
    headers: [
      ['Content-Type', 'application/json'],
      ['Server', 'secret/1.0'],
      ['X-Powered-By', 'secret'],
      ['X-Request-Id', 'upstream'],
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '9999'],
      ['Connection', 'upgrade'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ],
    body: '{}',
  };
  await using gate = await openTestListener(async () => answer);
  const { text } = await exchangeRaw(
    gate.port,
    `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
  );
  const [head, body] = text.split('\r\n\r\n') as [string, string];
  assert.equal(body, '{}');
  const lines = head
    .split('\r\n')
    .slice(1)
    .map((line) => line.replace(/: .*(req_|GMT).*/, ''));
  assert.deepEqual(lines.toSorted(), [
    'Connection: close',
    'Date',
    'cache-control: no-store',
    'content-length: 2',
    'content-type: application/json',
    'set-cookie: a=1',
    'set-cookie: b=2',
    'strict-transport-security: max-age=31536000',
    'x-content-type-options: nosniff',
    'x-request-id',
  ]);
});

test('bodies of all kinds arrive whole', async () => {
  async function* chunks() {
    for (let count = 0; count < 100; count += 1) yield Buffer.alloc(10_000, count);
  }
  const bodies: Record<string, Answer['body']> = {
    '/none': null,
    '/text': 'tëxt',
    '/bytes': Buffer.from([0, 255, 10, 13]),
    '/large': Buffer.alloc(3_000_000, 'x'),
    '/stream': chunks(),
  };
  await using gate = await openTestListener(async ({ path }) => ({ ...ok(), body: bodies[path]! }));
  const agent = new Agent({ keepAlive: true, ca: testAuthority.cert });
  for (const [path, length] of Object.entries({
    '/none': 0,
    '/text': 5,
    '/bytes': 4,
    '/large': 3_000_000,
    '/stream': 1_000_000,
  })) {
    const reply = await fetchWith(agent, gate.port, { path });
    assert.equal(reply.bytes.length, length, path);
  }
  assert.equal(gate.listener.state().connections, 1, 'one connection served them all');
  agent.destroy();
});

test('statuses without a body have none', async () => {
  await using gate = await openTestListener(async ({ path }) => ({
    status: Number(path.slice(1)),
    headers: [],
    body: 'ignored',
  }));
  for (const status of [204, 304]) {
    const { text } = await exchangeRaw(
      gate.port,
      `GET /${status} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    );
    assert.ok(text.endsWith('\r\n\r\n'));
    assert.doesNotMatch(text, /content-length|transfer-encoding/i);
  }
});

test('a handler that throws, or answers with what cannot be written, is a 500 and an alarm without the error’s text', async () => {
  await using gate = await openTestListener(async ({ path }) => {
    if (path === '/throw') throw new RangeError('secret');
    return { status: 200, headers: [['a', 'b\r\nc: d']], body: 'x' };
  });
  for (const path of ['/throw', '/header']) {
    const { text } = await exchangeRaw(
      gate.port,
      `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    );
    assert.match(text, /^HTTP\/1\.1 500 /);
    assert.match(text, /"code":"guard_failed"/);
    assert.doesNotMatch(text, /secret|c: d/);
  }
  assert.equal(gate.alarms.length, 2);
  assert.match(gate.alarms[0]!, /RangeError, request req_/);
  assert.doesNotMatch(gate.alarms.join(), /secret/);
});

test('a stream that fails, or gives more or less than it promised, does not look whole', async () => {
  const bodies: Record<string, () => AsyncGenerator<Uint8Array>> = {
    '/fails': async function* () {
      yield Buffer.from('abc');
      throw new Error('source failed');
    },
    '/more': async function* () {
      yield Buffer.from('abcdef');
    },
    '/less': async function* () {
      yield Buffer.from('ab');
    },
  };
  await using gate = await openTestListener(async ({ path }) => ({
    status: 200,
    headers: path === '/fails' ? [] : [['content-length', '3']],
    body: bodies[path]!(),
  }));
  for (const path of Object.keys(bodies)) {
    const raw = `GET ${path} HTTP/1.1\r\n${host}\r\n`;
    const { text, closed } = await exchangeRaw(gate.port, raw, 1_000);
    assert.ok(closed, path);
    assert.ok(!text.endsWith('0\r\n\r\n') && !text.endsWith('\r\n\r\nabc'), `${path}: ${text}`);
    assert.doesNotMatch(text, /abcdef/);
  }
});

test('pipelined requests are handled one after the other and answered in order', async () => {
  let running = 0;
  let mostRunning = 0;
  await using gate = await openTestListener(async ({ path }) => {
    running += 1;
    mostRunning = Math.max(mostRunning, running);
    await pause(5);
    running -= 1;
    return ok(path);
  });
  const raw = [1, 2, 3, 4].map((n) => `GET /${n} HTTP/1.1\r\n${host}\r\n`).join('');
  const { text } = await exchangeRaw(gate.port, raw, 300);
  assert.deepEqual(text.match(/^\/\d/gm), ['/1', '/2', '/3', '/4']);
  assert.equal(mostRunning, 1);
});

test('nothing behind a refused request is looked at', async () => {
  const paths: string[] = [];
  await using gate = await openTestListener(async ({ path }) => {
    paths.push(path);
    return ok();
  });
  const raw =
    `GET /1 HTTP/1.1\r\n${host}\r\n` +
    `GET /../2 HTTP/1.1\r\n${host}\r\n` +
    `GET /3 HTTP/1.1\r\n${host}\r\n`;
  const { text, closed } = await exchangeRaw(gate.port, raw);
  assert.ok(closed);
  assert.deepEqual(paths, ['/1']);
  assert.deepEqual(text.match(/^HTTP\/1\.1 \d+/gm), ['HTTP/1.1 200', 'HTTP/1.1 400']);
});

test('garbage behind a good request ends the connection after that one’s answer and is reported', async () => {
  await using gate = await openTestListener(async () => {
    await pause(50);
    return ok();
  });
  const { text, closed } = await exchangeRaw(
    gate.port,
    `GET / HTTP/1.1\r\n${host}\r\nGARBAGE\r\n\r\n`,
  );
  assert.ok(closed);
  assert.deepEqual(text.match(/^HTTP\/1\.1 \d+/gm), ['HTTP/1.1 200']);
  assert.match(text, /^connection: close$/m);
  assert.deepEqual(
    gate.denials.map(({ denial }) => denial.code),
    ['framing_invalid'],
  );
});

test('more pipelined requests than may wait end the connection after the present one', async () => {
  let handled = 0;
  await using gate = await openTestListener(async () => {
    handled += 1;
    await pause(1);
    return ok();
  });
  const { closed } = await exchangeRaw(gate.port, `GET / HTTP/1.1\r\n${host}\r\n`.repeat(500));
  assert.ok(closed);
  assert.ok(handled <= 20, `${handled} were handled`);
});

test('a connection ends after its last allowed request', async () => {
  await using gate = await openTestListener(async () => ok(), {
    limits: { requestsPerConnectionMax: 3 },
  });
  const { text, closed } = await exchangeRaw(gate.port, `GET / HTTP/1.1\r\n${host}\r\n`.repeat(5));
  assert.ok(closed);
  assert.equal(text.match(/^HTTP\/1\.1 200/gm)?.length, 3);
  assert.equal(text.match(/^connection: close/gim)?.length, 1);
});

test('the signal aborts when the caller leaves, and never after a whole answer', async () => {
  const aborted: string[] = [];
  const { promise: left, resolve } = Promise.withResolvers<void>();
  await using gate = await openTestListener(async ({ path, gone }) => {
    gone.addEventListener('abort', () => {
      aborted.push(path);
      resolve();
    });
    if (path === '/slow') await left;
    return ok();
  });
  await exchangeRaw(gate.port, `GET /fast HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  const socket = await connectTls(gate.port);
  socket.write(`GET /slow HTTP/1.1\r\n${host}\r\n`);
  await pause(50);
  socket.destroy();
  await left;
  assert.deepEqual(aborted, ['/slow']);
});

test('the source of a stream is stopped when the reader leaves', async () => {
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  async function* endless() {
    try {
      for (;;) yield Buffer.alloc(65_536);
    } finally {
      resolve();
    }
  }
  await using gate = await openTestListener(async () => ({ ...ok(), body: endless() }));
  const socket = await connectTls(gate.port);
  socket.write(`GET / HTTP/1.1\r\n${host}\r\n`);
  await once(socket, 'data');
  socket.destroy();
  await stopped;
});

test('connections beyond the limits, of all and of one address, are closed', async () => {
  for (const limits of [{ connectionsMax: 3 }, { connectionsPerIpMax: 3 }]) {
    await using gate = await openTestListener(async () => ok(), { limits });
    const sockets = await Promise.all([1, 2, 3].map(() => connectTls(gate.port)));
    await assert.rejects(connectTls(gate.port));
    sockets[0]!.destroy();
    (await connectOnceFree(gate.port)).destroy();
    for (const socket of sockets) socket.destroy();
  }
});

/** The server hears of a closed connection a little later. */
async function connectOnceFree(port: number, attemptsLeft = 100): ReturnType<typeof connectTls> {
  try {
    return await connectTls(port);
  } catch (error) {
    if (attemptsLeft === 0) throw error;
    await pause(20);
    return connectOnceFree(port, attemptsLeft - 1);
  }
}

interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly bytes: Buffer;
}

function fetchWith(agent: Agent, port: number, options: { path: string }): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest({ host: 'localhost', port, agent, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode, headers } = response;
        resolve({ status: statusCode!, headers, bytes: Buffer.concat(chunks) });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}

test('an answer is readable even when it comes before the body was sent', async () => {
  await using gate = await openTestListener(async () => ({ status: 401, headers: [], body: 'no' }));
  const socket = await connectTls(gate.port);
  const answer = readAll(socket);
  socket.write(`POST / HTTP/1.1\r\n${host}Content-Length: 3000000\r\n\r\n`);
  socket.write(Buffer.alloc(3_000_000));
  const { text, closed } = await answer;
  assert.match(text, /^HTTP\/1\.1 401 /);
  assert.match(text, /^connection: close$/m);
  assert.ok(text.endsWith('no') && closed);
});
