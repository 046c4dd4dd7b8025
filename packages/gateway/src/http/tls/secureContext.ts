import { constants, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';

/** What a listener shows and asks for, as PEM text. */
export interface TlsMaterial {
  /** The certificate, followed by intermediates. */
  readonly cert: string;
  readonly key: string;
  /** CAs whose client certificates are believed. Absent: none is asked for. */
  readonly clientCa?: string;
}

/** The certificate, its key or the client CA cannot be used. The message names what is wrong and never holds the key. */
export class TlsMaterialUnusable extends Error {
  override readonly name = 'TlsMaterialUnusable';
}

/**
 * TLS 1.3, and the ECDHE suites with authenticated encryption of TLS 1.2 (RFC 9325 section 4.2). No static RSA, no CBC,
 * no finite-field Diffie-Hellman. Node's own list is wider.
 */
export const cipherSuites: readonly string[] = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

/**
 * Options of a secure context, checked: a certificate that does not parse, has expired or does not fit its key, and a
 * client CA that holds no certificate, are refused here and not met later as a listener that trusts nobody or everybody.
 *
 * Where client certificates are asked for, sessions cannot be resumed: a resumed one keeps the identity of the first.
 *
 * @throws TlsMaterialUnusable
 */
export function toSecureContextOptions(material: TlsMaterial, nowMs: number): SecureContextOptions {
  checkCertificate(material, nowMs);
  if (material.clientCa !== undefined) checkClientCa(material.clientCa);
  const options: SecureContextOptions = {
    cert: material.cert,
    key: material.key,
    ...(material.clientCa !== undefined && { ca: material.clientCa }),
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: cipherSuites.join(':'),
    honorCipherOrder: true,
    secureOptions:
      constants.SSL_OP_NO_RENEGOTIATION |
      constants.SSL_OP_PRIORITIZE_CHACHA |
      (material.clientCa === undefined ? 0 : constants.SSL_OP_NO_TICKET),
  };
  try {
    createSecureContext(options);
  } catch (error) {
    throw unusable('certificate and key cannot be used together', error);
  }
  return options;
}

function checkCertificate({ cert, key }: TlsMaterial, nowMs: number): void {
  const certificate = parseCertificate(cert, 'the certificate');
  // An empty key would be taken for none, and the listener would open and refuse every handshake.
  if (!certificate.checkPrivateKey(parseKey(key))) {
    throw new TlsMaterialUnusable('the key does not belong to the certificate');
  }
  const validToMs = certificate.validToDate.getTime();
  if (validToMs < nowMs) {
    const day = new Date(validToMs).toISOString().slice(0, 10);
    throw new TlsMaterialUnusable(`the certificate expired on ${day}`);
  }
}

function checkClientCa(pem: string): void {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new TlsMaterialUnusable('the client CA holds no certificate');
  for (const block of blocks) {
    if (!parseCertificate(block, 'a certificate of the client CA').ca) {
      throw new TlsMaterialUnusable('a certificate of the client CA is not a CA');
    }
  }
}

function parseKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw unusable('the key is not an unencrypted PEM key', error);
  }
}

function parseCertificate(pem: string, what: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw unusable(`${what} is not a PEM certificate`, error);
  }
}

/** The library's code says what is wrong; its message may quote what it read. */
function unusable(what: string, error: unknown): TlsMaterialUnusable {
  const code = (error as { code?: unknown }).code;
  return new TlsMaterialUnusable(typeof code === 'string' ? `${what} (${code})` : what);
}
