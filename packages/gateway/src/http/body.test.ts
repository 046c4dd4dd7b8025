import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { BodyRefused, type BodySource } from '../domain/received.ts';
import { connectTls, exchangeRaw, ok, openTestListener, pause, readAll } from './fixture.ts';

const host = 'Host: localhost\r\n';

/** Lets `use` have the body and answers with what it returns. */
async function answerOf(raw: string, use: (body: BodySource) => Promise<string>): Promise<string> {
  await using gate = await openTestListener(async ({ body }) => ok(`${await use(body)}\n`), {
    limits: { lingerMs: 100 },
  });
  const { text } = await exchangeRaw(gate.port, raw, 200);
  return text.slice(text.lastIndexOf('\r\n\r\n') + 4).trim();
}

const post = (body: string) =>
  `POST / HTTP/1.1\r\n${host}Content-Length: ${body.length}\r\n\r\n${body}`;
const postChunked = (...chunks: string[]) =>
  `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n` +
  chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('') +
  '0\r\n\r\n';

const readText = (bytesMax: number) => async (body: BodySource) => {
  const bytes = await body.read(bytesMax);
  return 'denied' in bytes ? bytes.code : Buffer.from(bytes).toString();
};

const streamText = (bytesMax: number) => async (body: BodySource) => {
  let text = '';
  try {
    for await (const chunk of body.stream(bytesMax)) text += Buffer.from(chunk).toString();
  } catch (error) {
    if (error instanceof BodyRefused) return error.denial.code;
    throw error;
  }
  return text;
};

test('a body is read and streamed whole, up to its limit and not beyond', async () => {
  for (const take of [readText, streamText]) {
    for (const raw of [post('abcdef'), postChunked('ab', 'c', 'def')]) {
      assert.equal(await answerOf(raw, take(6)), 'abcdef');
      assert.equal(await answerOf(raw, take(5)), 'body_too_large');
    }
    assert.equal(await answerOf(`GET / HTTP/1.1\r\n${host}\r\n`, take(5)), '');
    assert.equal(await answerOf(postChunked(), take(5)), '');
  }
});

test('the declared length is told before anything is read', async () => {
  const declared = async ({ bytesDeclared }: BodySource) => String(bytesDeclared);
  assert.equal(await answerOf(post('abc'), declared), '3');
  assert.equal(await answerOf(postChunked('abc'), declared), 'null');
  assert.equal(await answerOf(`GET / HTTP/1.1\r\n${host}\r\n`, declared), '0');
});

test('trailers make a body malformed, for a stream as well', async () => {
  const raw = postChunked('abc').replace(/\r\n$/, 'A: b\r\n\r\n');
  assert.equal(await answerOf(raw, readText(9)), 'framing_invalid');
  assert.equal(await answerOf(raw, streamText(9)), 'framing_invalid');
});

test('reading a body twice is a bug, not an empty body', async () => {
  const twice = async (body: BodySource) => {
    await body.read(9);
    return body.read(9).then(
      () => 'read',
      (error: Error) => error.name,
    );
  };
  assert.equal(await answerOf(post('abc'), twice), 'TypeError');
});

test('a consumer that stops early does not hold up the answer', async () => {
  const first = async (body: BodySource) => {
    for await (const chunk of body.stream(1_000_000)) return `got ${chunk.length > 0}`;
    return 'nothing';
  };
  assert.equal(await answerOf(post('a'.repeat(500_000)), first), 'got true');
});

test('a caller who waits for 100 Continue gets it when the body is wanted, and not before', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await using gate = await openTestListener(async ({ body, path }) => {
    if (path === '/refuse') return { status: 401, headers: [], body: 'no' };
    await held;
    const bytes = await body.read(10);
    return ok(`${'denied' in bytes ? bytes.code : bytes.length}\n`);
  });
  const head = (path: string) =>
    `POST ${path} HTTP/1.1\r\n${host}Expect: 100-Continue\r\nContent-Length: 3\r\n\r\n`;
  const socket = await connectTls(gate.port);
  socket.write(head('/'));
  await pause(50);
  assert.equal(socket.read(), null);
  release();
  const [data] = (await once(socket, 'data')) as [Buffer];
  assert.equal(data.toString(), 'HTTP/1.1 100 Continue\r\n\r\n');
  const answer = readAll(socket, 200);
  socket.write('abc');
  assert.match((await answer).text, /^HTTP\/1\.1 200 [^]*\n3\n$/);
  const { text } = await exchangeRaw(gate.port, head('/refuse'));
  assert.match(text, /^HTTP\/1\.1 401 /);
  assert.match(text, /^connection: close$/m);
});

test('a caller who leaves within the body is told from one who sent it', async () => {
  const codes: string[] = [];
  await using gate = await openTestListener(async ({ body }) => {
    codes.push(await readText(100)(body));
    return ok();
  });
  const socket = await connectTls(gate.port);
  socket.write(`POST / HTTP/1.1\r\n${host}Content-Length: 10\r\n\r\nabc`);
  await pause(50);
  socket.destroy();
  while (codes.length === 0) await pause(5);
  assert.deepEqual(codes, ['caller_gone']);
});

test('a refusal before a short body keeps the connection', async () => {
  await using gate = await openTestListener(async () => ({
    status: 401,
    headers: [],
    body: 'no\n',
  }));
  const { text } = await exchangeRaw(gate.port, post('abc') + post('abc'), 200);
  assert.equal(text.match(/^HTTP\/1\.1 401/gm)?.length, 2);
  assert.doesNotMatch(text, /^connection: close/m);
});
