import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import type { SocketFacts } from '../../domain/received.ts';
import { systemClock } from '../../system/clock.ts';
import { createAuthority, issueCertificate } from '../certificates/authority.ts';
import { signCertificate } from '../certificates/certificate.ts';
import {
  connectTls,
  ok,
  openTestListener,
  pause,
  readAll,
  testAuthority,
  testCertificate,
} from '../fixture.ts';

const hosts = ['localhost', '127.0.0.1'];
const nowMs = systemClock.nowMs();
const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
const getLast = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
let folder = '';

before(async () => void (folder = await mkdtemp(join(tmpdir(), 'filmgate-tls-'))));
after(() => rm(folder, { recursive: true }));

/** What a client offers, and whether a handshake comes about; level 0 lets the client itself offer what is broken. */
const handshakes: readonly (readonly [
  name: string,
  offer: ConnectionOptions,
  accepted: string | null,
])[] = [
  ['TLS 1.3', { minVersion: 'TLSv1.3' }, 'TLSv1.3'],
  ['TLS 1.2', { maxVersion: 'TLSv1.2' }, 'TLSv1.2'],
  ['TLS 1.1', { ...legacy('ALL'), minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' }, null],
  ['TLS 1.0', { ...legacy('ALL'), minVersion: 'TLSv1', maxVersion: 'TLSv1' }, null],
  ['ECDHE GCM', suite('ECDHE-ECDSA-AES128-GCM-SHA256'), 'TLSv1.2'],
  ['ECDHE GCM 256', suite('ECDHE-ECDSA-AES256-GCM-SHA384'), 'TLSv1.2'],
  ['ECDHE ChaCha20', suite('ECDHE-ECDSA-CHACHA20-POLY1305'), 'TLSv1.2'],
  ['ECDHE CBC SHA', suite('ECDHE-ECDSA-AES128-SHA'), null],
  ['ECDHE CBC SHA256', suite('ECDHE-ECDSA-AES128-SHA256'), null],
  ['ECDHE CBC 256', suite('ECDHE-ECDSA-AES256-SHA384'), null],
  ['ECDHE CCM', suite('ECDHE-ECDSA-AES128-CCM'), null],
  ['static RSA GCM', suite('AES128-GCM-SHA256'), null],
  ['static RSA CBC', suite('AES128-SHA'), null],
  ['DHE', suite('DHE-RSA-AES128-GCM-SHA256'), null],
  ['anonymous', suite('AECDH-AES128-SHA'), null],
  ['no encryption', suite('ECDHE-ECDSA-NULL-SHA'), null],
  ['protocol h2 only', { ALPNProtocols: ['h2'] }, null],
  ['protocol http/1.0 only', { ALPNProtocols: ['http/1.0'] }, null],
  ['no protocol named', { ALPNProtocols: [] }, 'TLSv1.3'],
];

function legacy(ciphers: string): ConnectionOptions {
  return { ciphers: `${ciphers}:@SECLEVEL=0`, rejectUnauthorized: false };
}

function suite(name: string): ConnectionOptions {
  return { ...legacy(name), maxVersion: 'TLSv1.2' };
}

test('only TLS 1.2 and 1.3 with authenticated encryption and forward secrecy, and only HTTP/1.1, come about', async () => {
  await using gate = await openTestListener(async () => ok());
  for (const [name, offer, accepted] of handshakes) {
    const protocol = await connectTls(gate.port, offer).then(
      (socket) => {
        const version = socket.getProtocol();
        socket.destroy();
        return version;
      },
      () => null,
    );
    assert.equal(protocol, accepted, name);
  }
  assert.ok(handshakes.length >= 19);
  assert.equal(gate.denials.length, 0);
});

test('a certificate with an RSA key opens no weaker suites', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cert = signCertificate({
    subject: 'localhost',
    issuer: 'any',
    publicKey: pair.publicKey,
    issuerPublicKey: createPublicKey(testAuthority.cert),
    issuerPrivateKey: createPrivateKey(testAuthority.key),
    validFromMs: nowMs - 1_000,
    validToMs: nowMs + 86_400_000,
    extensions: [],
  });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await using gate = await openTestListener(async () => ok(), { tls: { pem: { cert, key } } });
  const isAccepted = (name: string) =>
    connectTls(gate.port, suite(name)).then(
      (socket) => socket.destroy() !== undefined,
      () => false,
    );
  assert.equal(await isAccepted('ECDHE-RSA-AES128-GCM-SHA256'), true);
  const weaker = [
    'AES128-GCM-SHA256',
    'AES128-SHA',
    'ECDHE-RSA-AES128-SHA',
    'DHE-RSA-AES128-GCM-SHA256',
  ];
  for (const name of weaker) assert.equal(await isAccepted(name), false, name);
});

test('the best version and suite are chosen when the client offers all', async () => {
  await using gate = await openTestListener(async () => ok());
  const socket = await connectTls(gate.port);
  assert.equal(socket.getProtocol(), 'TLSv1.3');
  assert.equal(socket.alpnProtocol, 'http/1.1');
  socket.destroy();
});

async function writePair(name: string, pair: { cert: string; key: string }) {
  const files = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  await writeFile(files.key, pair.key);
  await writeFile(files.cert, pair.cert);
  return files;
}

const issue = () => issueCertificate(testAuthority, { hosts, nowMs });

async function serialOf(port: number): Promise<string> {
  const socket = await connectTls(port);
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

test('a new certificate is taken without ending a connection or failing a request', async () => {
  const files = await writePair('load', issue());
  await using gate = await openTestListener(async () => ok(), { tls: { files } });
  const kept = await connectTls(gate.port);
  const serials = new Set<string>();
  let answers = 0;
  for (let round = 0; round < 20; round += 1) {
    await writePair('load', issue());
    const [reloaded, ...texts] = await Promise.all([
      gate.listener.reload(),
      ...[1, 2, 3].map(async () => {
        const socket = await connectTls(gate.port);
        socket.write(getLast);
        return (await readAll(socket)).text;
      }),
    ]);
    assert.equal(reloaded, true);
    for (const text of texts) assert.match(text, /^HTTP\/1\.1 200 /);
    answers += texts.length;
    serials.add(await serialOf(gate.port));
    kept.write(get);
    await once(kept, 'data');
  }
  kept.destroy();
  assert.equal(answers, 60);
  assert.equal(serials.size, 20);
  assert.deepEqual(gate.alarms, []);
});

test('files that changed are found by themselves', async () => {
  const files = await writePair('watched', issue());
  await using gate = await openTestListener(async () => ok(), {
    tls: { files },
    tlsCheckIntervalMs: 20,
  });
  const first = await serialOf(gate.port);
  await writePair('watched', issue());
  await utimes(files.cert, new Date(), new Date(nowMs + 5_000));
  while ((await serialOf(gate.port)) === first) await pause(20);
});

test('a broken certificate, key or file keeps the old one in use and tells why without the key', async () => {
  const good = issue();
  const files = await writePair('broken', good);
  await using gate = await openTestListener(async () => ok(), { tls: { files } });
  const serial = await serialOf(gate.port);
  const expired = issueCertificate(createAuthority(nowMs - 86_400_000 * 800), {
    hosts,
    nowMs: nowMs - 86_400_000 * 500,
    days: 100,
  });
  const broken: readonly (readonly [pair: { cert: string; key: string }, reason: RegExp])[] = [
    [{ ...good, cert: '' }, /not a PEM certificate/],
    [{ ...good, cert: good.cert.slice(0, 300) }, /not a PEM certificate/],
    [{ ...good, cert: good.key }, /not a PEM certificate/],
    [{ ...good, key: '' }, /not an unencrypted PEM key/],
    [{ ...good, key: good.cert }, /not an unencrypted PEM key/],
    [{ ...good, key: issue().key }, /does not belong to the certificate/],
    [expired, /expired on 20\d\d-\d\d-\d\d/],
  ];
  for (const [pair, reason] of broken) {
    await writePair('broken', pair);
    gate.alarms.length = 0;
    assert.equal(await gate.listener.reload(), false);
    assert.equal(gate.alarms.length, 1);
    assert.match(gate.alarms[0]!, reason);
    assert.doesNotMatch(gate.alarms[0]!, /PRIVATE|MI[GIH]/);
    assert.equal(await serialOf(gate.port), serial);
  }
  await rm(files.key);
  assert.equal(await gate.listener.reload(), false);
  assert.match(gate.alarms.at(-1)!, /the key file \S+ cannot be read \(ENOENT\)/);
  await writePair('broken', issue());
  assert.equal(await gate.listener.reload(), true);
});

test('a listener does not open with material that cannot be used', async () => {
  const good = testCertificate;
  const bad = [
    { ...good, key: issue().key },
    { ...good, cert: '' },
    { ...good, clientCa: '' },
    { ...good, clientCa: 'not PEM' },
    { ...good, clientCa: testCertificate.cert },
    { ...good, clientCa: testAuthority.cert.slice(0, 200) },
  ];
  for (const pem of bad) {
    await assert.rejects(
      openTestListener(async () => ok(), { tls: { pem } }),
      {
        name: 'TlsMaterialUnusable',
      },
    );
  }
});

test('client certificates can neither be switched on nor off by a reload', async () => {
  await using gate = await openTestListener(async () => ok());
  assert.equal(
    await gate.listener.reload({ ...testCertificate, clientCa: testAuthority.cert }),
    false,
  );
  assert.match(gate.alarms[0]!, /with a restart only/);
});

const clientAuthority = createAuthority(nowMs);
const clientOf = (authority: { cert: string; key: string }, atMs = nowMs, days = 30) =>
  issueCertificate(authority, { hosts: ['client-1'], nowMs: atMs, days, purpose: 'clientAuth' });

async function factsOf(port: number, offer: ConnectionOptions, use?: (socket: TLSSocket) => void) {
  const socket = await connectTls(port, offer);
  use?.(socket);
  const answer = readAll(socket);
  socket.write(getLast);
  const { text } = await answer;
  return JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as SocketFacts;
}

const tls = { pem: { ...testCertificate, clientCa: clientAuthority.cert } };
const showFacts = async ({ socket }: { socket: SocketFacts }) => ok(JSON.stringify(socket));

test('a verified client certificate is a fact of the request, any other is none', async () => {
  await using gate = await openTestListener(showFacts, { tls });
  const facts = await factsOf(gate.port, clientOf(clientAuthority));
  assert.equal(facts.certificate?.subject, 'CN=client-1');
  assert.match(facts.certificate?.fingerprint256 ?? '', /^[0-9a-f]{64}$/);
  const others: ConnectionOptions[] = [
    {},
    clientOf(createAuthority(nowMs)),
    clientOf(clientAuthority, nowMs - 86_400_000 * 60),
    issueCertificate(clientAuthority, { hosts: ['client-1'], nowMs }),
  ];
  for (const offer of others) {
    assert.equal((await factsOf(gate.port, offer)).certificate, undefined);
  }
});

test('a session cannot be resumed where client certificates are asked for', async () => {
  await using gate = await openTestListener(showFacts, { tls });
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    const sessions: Buffer[] = [];
    await factsOf(gate.port, { ...clientOf(clientAuthority), maxVersion }, (socket) =>
      socket.on('session', (session: Buffer) => sessions.push(session)),
    );
    for (const session of sessions) {
      let isReused = false;
      const facts = await factsOf(gate.port, { session, maxVersion }, (socket) => {
        isReused = socket.isSessionReused();
      });
      assert.equal(isReused, false);
      assert.equal(facts.certificate, undefined);
    }
  }
});

test('a certificate that expires while its connection lives is a fact no longer', async () => {
  let offsetMs = 0;
  const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + offsetMs };
  await using gate = await openTestListener(showFacts, { tls, clock });
  const socket = await connectTls(gate.port, clientOf(clientAuthority));
  const ask = async () => {
    socket.write(get);
    const [data] = (await once(socket, 'data')) as [Buffer];
    return (JSON.parse(data.toString().split('\r\n\r\n')[1]!) as SocketFacts).certificate;
  };
  assert.notEqual(await ask(), undefined);
  offsetMs = 86_400_000 * 31;
  assert.equal(await ask(), undefined);
  socket.destroy();
});
