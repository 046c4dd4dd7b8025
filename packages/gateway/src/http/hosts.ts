import { formatAddress, parseAddress } from '../domain/network.ts';

/** Gives the served host that a Host header or authority names, or null. */
export type FindHost = (authority: string) => string | null;

const form =
  /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*)\.?)(?::\d{0,5})?$/;
const rememberedMax = 256;

/**
 * The hosts that are served. Compared without regard to case, port and a dot at the end (RFC 9110 section 4.2.3);
 * IPv6 addresses are compared as numbers. `hosts` may be names or addresses, IPv6 with or without brackets.
 *
 * @throws TypeError for an entry that is no host.
 */
export function createHosts(hosts: readonly string[]): FindHost {
  const served = new Set(hosts.map(toHost));
  const remembered = new Map<string, string>();
  return (authority) => {
    const known = remembered.get(authority);
    if (known !== undefined) return known;
    const host = normalizeHost(authority);
    if (host === null || !served.has(host)) return null;
    if (remembered.size < rememberedMax) remembered.set(authority, host);
    return host;
  };
}

/** Lower case, without port and final dot; IPv6 in brackets and in its canonical text. Null for anything else. */
export function normalizeHost(authority: string): string | null {
  const match = form.exec(authority);
  if (match === null) return null;
  const [, bracketed, name] = match;
  if (bracketed === undefined) return name!.toLowerCase();
  const address = parseAddress(bracketed);
  return address === null ? null : `[${formatAddress(address)}]`;
}

function toHost(entry: string): string {
  const isBareIpv6 = entry.includes(':') && parseAddress(entry) !== null;
  const host = normalizeHost(isBareIpv6 ? `[${entry}]` : entry);
  if (host === null) throw new TypeError('a served host is neither a name nor an address');
  return host;
}
