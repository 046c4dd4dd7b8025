import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { systemClock } from '../system/clock.ts';
import { connectTls, ok, openTestListener, pause } from './fixture.ts';
import { openTrap } from './trap.ts';
import type { WireDenial } from './transport.ts';

async function openTestTrap() {
  const exposed: string[] = [];
  const denials: WireDenial[] = [];
  const trap = await openTrap({
    listen: { host: '127.0.0.1', port: 0 },
    clock: systemClock,
    findCredentials: (text) => text.match(/key-\d+/g) ?? [],
    onExposed: (credential, address) => exposed.push(`${credential} ${address}`),
    onWireDenial: (denial) => denials.push(denial),
  });
  return { port: trap.address.port, exposed, denials, [Symbol.asyncDispose]: trap.close };
}

function exchangePlain(port: number, raw: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.write(raw, 'latin1');
  });
}

test('a credential in the clear is reported wherever it stands, and answered 400', async () => {
  await using trap = await openTestTrap();
  const host = 'Host: a\r\n';
  const cases: readonly string[] = [
    `GET / HTTP/1.1\r\n${host}Authorization: Bearer key-1\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}Authorization: key-1\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}X-Api-Key: key-1\r\n\r\n`,
    `GET /a?token=key-1 HTTP/1.1\r\n${host}\r\n`,
    `POST / HTTP/1.1\r\n${host}Content-Length: 9\r\n\r\n{"key-1"}`,
    `POST / HTTP/1.1\r\n${host}Expect: 100-continue\r\nAuthorization: key-1\r\nContent-Length: 9\r\n\r\n`,
    `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nkey-1\r\n0\r\n\r\n`,
    `CONNECT a:1 HTTP/1.1\r\n${host}Authorization: key-1\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}Authorization : key-1\r\n\r\n`,
    `GET / HTTP/1.1\nAuthorization: key-1\n\n`,
  ];
  for (const raw of cases) {
    trap.exposed.length = 0;
    const text = await exchangePlain(trap.port, raw);
    while (trap.exposed.length === 0) await pause(5);
    assert.deepEqual(trap.exposed, ['key-1 127.0.0.1'], raw);
    assert.match(text, /^HTTP\/1\.1 400 \r\n/);
    assert.match(text, /"code":"plaintext_refused"/);
    assert.match(text, /^connection: close$/m);
    assert.doesNotMatch(text, /strict-transport-security|key-1/);
  }
  assert.equal(trap.denials.length, cases.length);
  assert.ok(trap.denials.every(({ socket }) => !socket.encrypted));
  assert.ok(cases.length >= 10);
});

test('plaintext on the TLS port is answered and its credentials are reported; TLS in pieces is served', async () => {
  const exposed: string[] = [];
  await using gate = await openTestListener(async () => ok(), {
    exposed: {
      findCredentials: (text) => text.match(/key-\d+/g) ?? [],
      onExposed: (credential) => exposed.push(credential),
    },
  });
  const raw = 'POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: key-1\r\n\r\nkey-2';
  const text = await exchangePlain(gate.port, raw);
  assert.match(text, /^HTTP\/1\.1 400 [^]*"code":"plaintext_refused"/);
  assert.deepEqual(exposed, ['key-1', 'key-2']);
  assert.equal(gate.denials[0]!.denial.code, 'plaintext_refused');
  const wire = connect(gate.port, '127.0.0.1');
  const slowly = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      wire.write(chunk.subarray(0, 1));
      setTimeout(() => wire.write(chunk.subarray(1), () => done()), 20);
    },
  });
  wire.on('data', (chunk) => slowly.push(chunk));
  const socket = await connectTls(gate.port, { socket: slowly });
  assert.equal(socket.getProtocol(), 'TLSv1.3');
  socket.destroy();
  wire.destroy();
});

test('several requests on one connection get one answer, and all their credentials are reported', async () => {
  await using trap = await openTestTrap();
  const raw = [1, 2].map((n) => `GET / HTTP/1.1\r\nHost: a\r\nAuthorization: key-${n}\r\n\r\n`);
  const text = await exchangePlain(trap.port, raw.join(''));
  assert.equal(text.match(/HTTP\/1\.1 400/g)?.length, 1);
  assert.deepEqual(trap.exposed, ['key-1 127.0.0.1', 'key-2 127.0.0.1']);
});

test('a TLS handshake on the plaintext port is answered and ended', async () => {
  await using trap = await openTestTrap();
  const text = await exchangePlain(trap.port, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
  assert.match(text, /^HTTP\/1\.1 400 /);
  assert.deepEqual(trap.exposed, []);
});
