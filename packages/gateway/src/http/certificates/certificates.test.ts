import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createAuthority, issueCertificate, needsRenewal } from './authority.ts';
import { ensureAuthority, ensureServerCertificate } from './certificateFiles.ts';

const nowMs = Date.UTC(2026, 10, 24);
const dayMs = 86_400_000;
let folder = '';

before(async () => void (folder = await mkdtemp(join(tmpdir(), 'filmgate-certificates-'))));
after(() => rm(folder, { recursive: true }));

test('an authority is a CA for ten years that signs itself and only end entities', () => {
  const authority = createAuthority(nowMs);
  const certificate = new X509Certificate(authority.cert);
  assert.equal(certificate.ca, true);
  assert.equal(certificate.verify(certificate.publicKey), true);
  assert.equal(certificate.checkPrivateKey(createPrivateKey(authority.key)), true);
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  assert.equal(certificate.validToDate.getTime(), nowMs + 3650 * dayMs);
});

test('a server certificate is signed by its authority and names its hosts and addresses only', () => {
  const authority = createAuthority(nowMs);
  const hosts = ['localhost', 'gate.example.org', '127.0.0.1', '[::1]', '2001:db8::7'];
  const certificate = new X509Certificate(issueCertificate(authority, { hosts, nowMs }).cert);
  const issuer = new X509Certificate(authority.cert);
  assert.equal(certificate.ca, false);
  assert.equal(certificate.checkIssued(issuer), true);
  assert.equal(certificate.verify(issuer.publicKey), true);
  for (const host of ['localhost', 'gate.example.org'])
    assert.ok(certificate.checkHost(host), host);
  for (const ip of ['127.0.0.1', '::1', '2001:db8::7']) assert.ok(certificate.checkIP(ip), ip);
  assert.equal(certificate.checkHost('example.org'), undefined);
  assert.equal(certificate.checkIP('127.0.0.2'), undefined);
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.equal(certificate.validToDate.getTime(), nowMs + 397 * dayMs);
});

test('a certificate never outlives its authority', () => {
  const authority = createAuthority(nowMs - 3600 * dayMs);
  const { cert } = issueCertificate(authority, { hosts: ['a'], nowMs, days: 825 });
  assert.equal(new X509Certificate(cert).validToDate.getTime(), nowMs + 50 * dayMs);
});

test('two authorities differ in name and serial number', () => {
  const [one, two] = [createAuthority(nowMs), createAuthority(nowMs)].map(
    ({ cert }) => new X509Certificate(cert),
  );
  assert.notEqual(one!.subject, two!.subject);
  assert.notEqual(one!.serialNumber, two!.serialNumber);
});

test('days out of range, no hosts and names that are no names are refused', () => {
  const authority = createAuthority(nowMs);
  const bad = [
    { hosts: ['a'], days: 826 },
    { hosts: ['a'], days: 0 },
    { hosts: ['a'], days: 1.5 },
    { hosts: [] },
    { hosts: ['a b'] },
    { hosts: ['bücher.example'] },
  ];
  for (const options of bad) {
    assert.throws(() => issueCertificate(authority, { ...options, nowMs }), RangeError);
  }
});

test('times after 2049 are written in the long form', () => {
  const authority = createAuthority(Date.UTC(2045, 0, 1));
  assert.equal(new X509Certificate(authority.cert).validToDate.getUTCFullYear(), 2054);
});

test('OpenSSL finds the chain in order', { skip: opensslIsAbsent() }, async () => {
  const authority = createAuthority(nowMs);
  const { cert } = issueCertificate(authority, { hosts: ['localhost', '127.0.0.1'], nowMs });
  const [caPath, certPath] = [join(folder, 'verify-ca.pem'), join(folder, 'verify.pem')];
  await writeFile(caPath, authority.cert);
  await writeFile(certPath, cert);
  const verify = ['verify', '-x509_strict', '-purpose', 'sslserver', '-attime'];
  const at = String(nowMs / 1000);
  const output = execFileSync('openssl', [...verify, at, '-CAfile', caPath, certPath]).toString();
  assert.match(output, /: OK/);
});

test('a certificate is renewed in its last third, for a new host and under a new authority', () => {
  const authority = createAuthority(nowMs);
  const { cert } = issueCertificate(authority, {
    hosts: ['a.example', '10.0.0.1'],
    nowMs,
    days: 90,
  });
  const later = (days: number) => nowMs + days * dayMs;
  assert.equal(needsRenewal(cert, authority, ['a.example', '10.0.0.1'], later(59)), false);
  assert.equal(needsRenewal(cert, authority, ['a.example'], later(61)), true);
  assert.equal(needsRenewal(cert, authority, ['b.example'], nowMs), true);
  assert.equal(needsRenewal(cert, createAuthority(nowMs), ['a.example'], nowMs), true);
});

test('an authority is made once, for its owner only, and never written again', async () => {
  const home = join(folder, 'once');
  const first = await ensureAuthority(home, nowMs);
  const second = await ensureAuthority(home, nowMs + dayMs);
  assert.equal(second.cert, first.cert);
  assert.equal(second.key, first.key);
  assert.equal((await stat(first.paths.key)).mode & 0o777, 0o600);
  assert.equal((await stat(first.paths.cert)).mode & 0o777, 0o644);
  assert.equal((await stat(home)).mode & 0o777, 0o700);
  assert.deepEqual((await readdir(home)).toSorted(), ['ca.key', 'ca.pem']);
});

test('half an authority is an error and stays as it is', async () => {
  const home = join(folder, 'half');
  const { paths, cert } = await ensureAuthority(home, nowMs);
  await rm(paths.key);
  await assert.rejects(ensureAuthority(home, nowMs), { name: 'CertificateFilesUnusable' });
  assert.equal(await readFile(paths.cert, 'utf8'), cert);
  assert.deepEqual(await readdir(home), ['ca.pem']);
});

test('processes that make the authority at the same time end with one, or with an error', async () => {
  const home = join(folder, 'race');
  const makers = Array.from({ length: 4 }, () => ensureAuthority(home, nowMs));
  const outcomes = await Promise.allSettled(makers);
  const made = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  const stored = await ensureAuthority(home, nowMs);
  assert.ok(made.length >= 1);
  for (const { value } of made) assert.equal(value.cert, stored.cert);
});

test('a damaged authority is told and not replaced; a damaged server certificate is replaced', async () => {
  const home = join(folder, 'damaged');
  const authority = await ensureAuthority(home, nowMs);
  const options = { hosts: ['localhost'], nowMs };
  const { paths } = await ensureServerCertificate(home, 'edge', authority, options);
  await writeFile(paths.cert, 'damaged');
  assert.equal((await ensureServerCertificate(home, 'edge', authority, options)).isNew, true);
  await writeFile(authority.paths.cert, 'damaged');
  await assert.rejects(ensureAuthority(home, nowMs), { name: 'CertificateFilesUnusable' });
  assert.equal(await readFile(authority.paths.cert, 'utf8'), 'damaged');
});

test('a server certificate is kept while it is good and replaced when it is not', async () => {
  const home = join(folder, 'server');
  const authority = await ensureAuthority(home, nowMs);
  const make = (hosts: string[], atMs: number) =>
    ensureServerCertificate(home, 'edge', authority, { hosts, nowMs: atMs });
  assert.equal((await make(['localhost'], nowMs)).isNew, true);
  assert.equal((await make(['localhost'], nowMs)).isNew, false);
  const { paths, isNew } = await make(['localhost', 'gate.example'], nowMs);
  assert.equal(isNew, true);
  assert.equal((await make(['localhost'], nowMs + 380 * dayMs)).isNew, true);
  assert.equal((await stat(paths.key)).mode & 0o777, 0o600);
});

function opensslIsAbsent(): string | false {
  try {
    execFileSync('openssl', ['version']);
    return false;
  } catch {
    return 'skipped: there is no openssl command here';
  }
}
