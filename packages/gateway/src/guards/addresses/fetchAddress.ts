import { addressClass } from '../../domain/addressClass.ts';
import { parseAddress } from '../../domain/network.ts';

/** An address that an outside service may be told to fetch, as far as its text tells. */
export interface FetchAddress {
  /** In lower case. */
  readonly host: string;
  readonly port: number;
  /** Whether the host is an address, so that nothing is left to resolve. */
  readonly isLiteral: boolean;
}

export interface Refused {
  /** What would be right. */
  readonly rule: string;
}

const textMax = 8_192;
const rule = (text: string): Refused => ({ rule: text });

/**
 * Takes addresses of one plain form only, of which every parser of addresses reads the same host: `https://`, a host in
 * ASCII, perhaps a port, and no user, blank, control character or backslash anywhere. A host that is an address must be
 * written plainly and be public; a name must have the form of a public one.
 */
export function parseFetchAddress(text: string): FetchAddress | Refused {
  if (text.length > textMax) return rule(`must be at most ${textMax} characters`);
  if (!/^https:\/\//i.test(text)) return rule('must begin with https://');
  // oxlint-disable-next-line no-control-regex -- these are what is refused
  if (/[\0-\x20\x7f-\xa0\\\u2028\u2029\ufeff]/.test(text))
    return rule('must hold no blank, control character or backslash');
  const match = /^https:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(text);
  if (match === null) return rule('must name a host in ASCII, without user or password');
  const host = match[1]!.toLowerCase();
  const port = match[2] === undefined ? 443 : Number(match[2]);
  if (!agreesWithPlatform(text, host)) return rule('must name its host plainly');
  const isLiteral = host.startsWith('[') || isNumeric(host.slice(host.lastIndexOf('.') + 1));
  const flaw = isLiteral ? literalFlaw(host) : nameFlaw(host);
  return flaw === null ? { host, port, isLiteral } : rule(flaw);
}

/** A second opinion: the platform's own parser must see the same host and no user. */
function agreesWithPlatform(text: string, host: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return host.startsWith('[') ? url.hostname.startsWith('[') : url.hostname === host;
}

/** WHATWG URL: a host whose last label is a number is taken for an IPv4 address, in whatever base. */
const isNumeric = (label: string): boolean => /^(?:\d+|0x[0-9a-f]*)$/.test(label);

function literalFlaw(host: string): string | null {
  const inBrackets = host.startsWith('[');
  const address = parseAddress(inBrackets ? host.slice(1, -1) : host);
  if (address === null) return 'must write an address in its plain form';
  if (inBrackets && address.version === 4) return 'must write an IPv4 address as one';
  return addressClass(address) === 'public' ? null : 'must be public';
}

/** Names that mean something inside a network only, and those of the services that tell a machine its credentials. */
const internalSuffixes = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'arpa',
  'test',
  'invalid',
  'onion',
  'cluster.local',
  'metadata.goog',
];

function nameFlaw(host: string): string | null {
  if (host.length > 253) return 'must name a host of at most 253 characters';
  const labels = host.split('.');
  if (labels.length < 2 || !labels.every(isLabel)) return 'must name a public host in full';
  const isInternal = internalSuffixes.some(
    (suffix) => host === suffix || host.endsWith(`.${suffix}`),
  );
  return isInternal ? 'must be public' : null;
}

const isLabel = (label: string): boolean => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label);
