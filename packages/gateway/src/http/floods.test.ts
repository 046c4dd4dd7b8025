import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Received } from '../domain/received.ts';
import { connectTls, exchangeRaw, ok, openTestListener, readAll } from './fixture.ts';

const host = 'Host: localhost\r\n';
const megabyte = 1_000_000;

const readMegabyte = async ({ body }: Received) => {
  const bytes = await body.read(megabyte);
  return 'denied' in bytes
    ? { status: 413, headers: [], body: bytes.code }
    : ok(`${bytes.length}\n`);
};

/** Writes `piece` until the peer has had enough, at most `bytesMax`; gives what was written and what was answered. */
async function flood(port: number, head: string, piece: string, bytesMax: number) {
  const socket = await connectTls(port);
  const answer = readAll(socket);
  socket.write(head);
  let written = 0;
  while (!socket.destroyed && written < bytesMax) {
    written += piece.length;
    if (socket.write(piece, 'latin1')) continue;
    await new Promise<void>((resolve) => {
      const go = () => {
        socket.off('drain', go).off('close', go);
        resolve();
      };
      socket.on('drain', go).on('close', go);
    });
  }
  return { written, ...(await answer) };
}

const chunkedPost = `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`;

test('a chunked body of two gigabytes is cut soon after its limit, and memory stays flat', async () => {
  await using gate = await openTestListener(readMegabyte);
  const before = process.memoryUsage().rss;
  const piece = `10000\r\n${'a'.repeat(65_536)}\r\n`;
  const { written, text } = await flood(gate.port, chunkedPost, piece, 2_000 * megabyte);
  assert.match(text, /^HTTP\/1\.1 413 [^]*body_too_large$/);
  assert.ok(written < 64 * megabyte, `${written} bytes were taken`);
  assert.ok(process.memoryUsage().rss - before < 64 * megabyte);
});

test('a declared length beyond the limit is refused before anything is read', async () => {
  await using gate = await openTestListener(readMegabyte, { limits: { lingerMs: 50 } });
  const head = `POST / HTTP/1.1\r\n${host}Content-Length: 2000000000\r\n\r\n`;
  const { text } = await exchangeRaw(gate.port, head);
  assert.match(text, /^HTTP\/1\.1 413 /);
  assert.match(text, /^connection: close$/m);
});

test('a body in a hundred thousand chunks of one byte is read at its length', async () => {
  await using gate = await openTestListener(readMegabyte);
  const raw = `${chunkedPost}${'1\r\na\r\n'.repeat(100_000)}0\r\n\r\n`;
  const { text } = await exchangeRaw(gate.port, raw, 1_000);
  assert.match(text, /\r\n\r\n100000\n$/);
});

test('chunk extensions without end are refused', async () => {
  await using gate = await openTestListener(readMegabyte);
  const { text, written } = await flood(
    gate.port,
    `${chunkedPost}1;`,
    'a'.repeat(65_536),
    100 * megabyte,
  );
  assert.match(text, /^HTTP\/1\.1 4\d\d /);
  assert.ok(written < 32 * megabyte);
});

test('headers and request lines without end are refused', async () => {
  await using gate = await openTestListener(readMegabyte);
  for (const head of [`GET / HTTP/1.1\r\n${host}A: `, 'GET /', 'GET / HTTP/1.1\r\n', 'G']) {
    const piece = head.endsWith('\n') ? 'A: b\r\n'.repeat(1_000) : 'a'.repeat(6_000);
    const { text, written } = await flood(gate.port, head, piece, 100 * megabyte);
    assert.match(text, /^HTTP\/1\.1 4(?:00|14|31) /, head);
    assert.ok(written < 32 * megabyte, head);
  }
});

test('hundreds of idle connections do not keep a request waiting for an answer', async () => {
  await using gate = await openTestListener(readMegabyte);
  const idle = await Promise.all(Array.from({ length: 200 }, () => connectTls(gate.port)));
  const raw = `POST / HTTP/1.1\r\n${host}Connection: close\r\nContent-Length: 3\r\n\r\nabc`;
  assert.match((await exchangeRaw(gate.port, raw)).text, /\r\n\r\n3\n$/);
  for (const socket of idle) socket.destroy();
});

test('ten thousand requests in one go are answered a few at a time', async () => {
  let running = 0;
  let mostRunning = 0;
  await using gate = await openTestListener(async () => {
    running += 1;
    mostRunning = Math.max(mostRunning, running);
    await Promise.resolve();
    running -= 1;
    return ok();
  });
  const { closed } = await exchangeRaw(gate.port, `GET / HTTP/1.1\r\n${host}\r\n`.repeat(10_000));
  assert.ok(closed);
  assert.equal(mostRunning, 1);
});
