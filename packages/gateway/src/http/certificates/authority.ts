import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { parseAddress, type Address } from '../../domain/network.ts';
import {
  certificateAuthority,
  signCertificate,
  subjectAlternativeNames,
  tlsEntity,
} from './certificate.ts';

/** A certificate and its private key (PKCS #8), both as PEM text. */
export interface KeyedCertificate {
  readonly cert: string;
  readonly key: string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Clocks of clients may lag. */
const backdatedMs = 60 * 60 * 1000;

/** A new certificate authority: ECDSA P-256, ten years, with a name of its own so that two can be told apart. */
export function createAuthority(nowMs: number): KeyedCertificate {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = `Filmgate CA ${randomBytes(4).toString('hex')}`;
  const cert = signCertificate({
    subject: name,
    issuer: name,
    publicKey: pair.publicKey,
    issuerPublicKey: pair.publicKey,
    issuerPrivateKey: pair.privateKey,
    validFromMs: nowMs - backdatedMs,
    validToMs: nowMs + 3650 * dayMs,
    extensions: certificateAuthority,
  });
  return { cert, key: toPem(pair.privateKey) };
}

export interface IssueOptions {
  /** Names and addresses that the certificate is for, without ports; IPv6 with or without brackets. At least one. */
  readonly hosts: readonly string[];
  readonly nowMs: number;
  /** 1 to 825; clients of some vendors trust nothing longer. Default 397. */
  readonly days?: number;
  /** Default `serverAuth`. */
  readonly purpose?: 'serverAuth' | 'clientAuth';
}

/**
 * A certificate for a fresh key, signed by the authority. It never outlives the authority.
 *
 * @throws RangeError for no hosts, a bad number of days or a name that is not ASCII.
 */
export function issueCertificate(
  authority: KeyedCertificate,
  { hosts, nowMs, days = 397, purpose = 'serverAuth' }: IssueOptions,
): KeyedCertificate {
  if (!Number.isInteger(days) || days < 1 || days > 825) throw new RangeError('days: 1 to 825');
  const names = sortHosts(hosts);
  const issuer = new X509Certificate(authority.cert);
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = signCertificate({
    subject: withoutBrackets(hosts[0]!),
    issuer: commonNameOf(issuer),
    publicKey: pair.publicKey,
    issuerPublicKey: createPublicKey(authority.cert),
    issuerPrivateKey: createPrivateKey(authority.key),
    validFromMs: nowMs - backdatedMs,
    validToMs: Math.min(nowMs + days * dayMs, issuer.validToDate.getTime()),
    extensions: [...tlsEntity(purpose), subjectAlternativeNames(names.dns, names.ip)],
  });
  return { cert, key: toPem(pair.privateKey) };
}

/** Whether this is the certificate of a CA with the key that belongs to it. */
export function isAuthority({ cert, key }: KeyedCertificate): boolean {
  try {
    const certificate = new X509Certificate(cert);
    return certificate.ca && certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/**
 * Whether a certificate of this authority should be made anew: less than a third of its life is left, it does not name
 * all `hosts`, or it is another authority's.
 *
 * @throws when `cert` is not a certificate.
 */
export function needsRenewal(
  cert: string,
  authority: KeyedCertificate,
  hosts: readonly string[],
  nowMs: number,
): boolean {
  const certificate = new X509Certificate(cert);
  const fromMs = certificate.validFromDate.getTime();
  const toMs = certificate.validToDate.getTime();
  if (nowMs > toMs - (toMs - fromMs) / 3) return true;
  if (!certificate.checkIssued(new X509Certificate(authority.cert))) return true;
  return !hosts.every((host) => isNamed(certificate, withoutBrackets(host)));
}

function isNamed(certificate: X509Certificate, host: string): boolean {
  const found =
    parseAddress(host) === null
      ? certificate.checkHost(host, { subject: 'never' })
      : certificate.checkIP(host);
  return found !== undefined;
}

function sortHosts(hosts: readonly string[]): { dns: string[]; ip: Buffer[] } {
  if (hosts.length === 0) throw new RangeError('hosts: at least one');
  const dns: string[] = [];
  const ip: Buffer[] = [];
  for (const host of hosts.map(withoutBrackets)) {
    const address = parseAddress(host);
    if (address !== null) ip.push(toBytes(address));
    else if (/^[A-Za-z0-9._-]{1,253}$/.test(host)) dns.push(host.toLowerCase());
    else throw new RangeError('hosts: names in ASCII or addresses');
  }
  return { dns, ip };
}

function toBytes({ words }: Address): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, index * 4);
  return bytes;
}

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');

const commonNameOf = (certificate: X509Certificate): string =>
  certificate.subject.replace(/^CN=/, '');

const toPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' });
