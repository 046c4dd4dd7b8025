import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { connectTls, exchangeRaw, ok, openTestListener, readAll } from './fixture.ts';

const host = 'Host: localhost\r\n';
const good = `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
const seeds = [
  `GET /a/b?c=d HTTP/1.1\r\n${host}Accept: */*\r\n\r\n`,
  `POST /a HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nabcde`,
  `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`,
  `POST /a HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc`,
  `CONNECT localhost:1 HTTP/1.1\r\n${host}\r\n`,
  `GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
];

const piece = fc.oneof(
  fc.constantFrom('\r', '\n', '\r\n', ' ', '\t', ':', '\0', '0', ',', ';', '%', '..', '/', host),
  fc.constantFrom('Content-Length: 3\r\n', 'Transfer-Encoding: chunked\r\n', 'Upgrade: x\r\n'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const edit = fc.record({ at: fc.nat(), remove: fc.nat(4), insert: piece });
const message = fc
  .tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 3 }), fc.constantFrom('', ...seeds))
  .map(([seed, edits, tail]) => {
    let raw = seed;
    for (const { at, remove, insert } of edits) {
      const index = at % (raw.length + 1);
      raw = raw.slice(0, index) + insert + raw.slice(index + remove);
    }
    return raw + tail;
  });

test('whatever bytes come, however the peer leaves, the listener serves the next caller', async () => {
  await using gate = await openTestListener(
    async ({ path, segments, body }) => {
      assert.match(path, /^\/[A-Za-z0-9._~%/-]*$/);
      assert.ok(!segments.some((segment) => ['', '.', '..'].includes(segment)));
      const bytes = await body.read(1_000);
      return ok('denied' in bytes ? `${bytes.code}\n` : 'fine\n');
    },
    { limits: { lingerMs: 20 } },
  );
  const property = fc.asyncProperty(
    message,
    fc.constantFrom('wait', 'end', 'cut'),
    async (raw, leave) => {
      const wire = connect(gate.port, '127.0.0.1');
      const socket = await connectTls(gate.port, { socket: wire });
      const answer = readAll(socket, 15);
      socket.write(raw, 'latin1');
      if (leave === 'end') socket.end();
      if (leave === 'cut') setImmediate(() => wire.resetAndDestroy());
      const { text } = await answer;
      for (const [, status] of text.matchAll(/HTTP\/1\.1 (\d+)/g)) {
        assert.ok(['100', '200', '400', '405', '408', '414', '421', '431'].includes(status!), text);
      }
    },
  );
  await fc.assert(property, { numRuns: 300 });
  assert.match((await exchangeRaw(gate.port, good)).text, /^HTTP\/1\.1 200 /);
  assert.deepEqual(gate.alarms, []);
});
