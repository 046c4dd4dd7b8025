import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';

/** What a certificate is about and who says so. Both keys are ECDSA P-256. */
export interface CertificateParts {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly issuerPublicKey: KeyObject;
  readonly issuerPrivateKey: KeyObject;
  readonly validFromMs: number;
  readonly validToMs: number;
  readonly extensions: readonly Buffer[];
}

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const version3 = explicit(0, integer(Buffer.from([2])));

/** An X.509 version 3 certificate in PEM (RFC 5280 section 4.1), signed with ECDSA and SHA-256. */
export function signCertificate(parts: CertificateParts): string {
  const body = sequence(
    version3,
    integer(serialNumber()),
    ecdsaWithSha256,
    commonName(parts.issuer),
    sequence(time(parts.validFromMs), time(parts.validToMs)),
    commonName(parts.subject),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(
      3,
      sequence(
        ...parts.extensions,
        subjectKeyIdentifier(parts.publicKey),
        authorityKeyIdentifier(parts.issuerPublicKey),
      ),
    ),
  );
  const signature = sign('sha256', body, parts.issuerPrivateKey);
  return toPem(sequence(body, ecdsaWithSha256, bitString(signature)));
}

/** A CA that may sign certificates, but no other CA. */
export const certificateAuthority: readonly Buffer[] = [
  extension('2.5.29.19', sequence(boolean(true), integer(Buffer.from([0]))), true),
  // keyCertSign and cRLSign
  extension('2.5.29.15', bitString(Buffer.from([0x06]), 1), true),
];

/** An end entity that proves itself in TLS handshakes. */
export function tlsEntity(purpose: 'serverAuth' | 'clientAuth'): readonly Buffer[] {
  const usage = purpose === 'serverAuth' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2';
  return [
    extension('2.5.29.19', sequence(), true),
    // digitalSignature
    extension('2.5.29.15', bitString(Buffer.from([0x80]), 7), true),
    extension('2.5.29.37', sequence(objectIdentifier(usage))),
  ];
}

/** `dns`: names in ASCII; `ip`: addresses as 4 or 16 bytes. */
export function subjectAlternativeNames(dns: readonly string[], ip: readonly Uint8Array[]): Buffer {
  return extension(
    '2.5.29.17',
    sequence(
      ...dns.map((name) => implicit(2, Buffer.from(name, 'ascii'))),
      ...ip.map((bytes) => implicit(7, bytes)),
    ),
  );
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(objectIdentifier(id), ...(isCritical ? [boolean(true)] : []), octetString(value));
}

const subjectKeyIdentifier = (key: KeyObject): Buffer =>
  extension('2.5.29.14', octetString(keyIdentifier(key)));

const authorityKeyIdentifier = (key: KeyObject): Buffer =>
  extension('2.5.29.35', sequence(implicit(0, keyIdentifier(key))));

/** RFC 7093 section 2, method 4: the first 160 bits of the key's SHA-256. */
function keyIdentifier(key: KeyObject): Buffer {
  const info = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(info).digest().subarray(0, 20);
}

/** Positive, 127 random bits (RFC 5280 section 4.1.2.2 allows 20 bytes; CAs use at least 64 bits). */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
}

const commonName = (text: string): Buffer =>
  sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(text))));

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
