import { deny } from '../domain/denial.ts';
import {
  contains,
  formatAddress,
  parseAddress,
  type Address,
  type Network,
} from '../domain/network.ts';
import type { Received } from '../domain/received.ts';
import type { Guard } from '../pipeline/guard.ts';

export interface Peer {
  readonly peer: {
    /** Canonical text of the caller's address. */
    readonly ip: string;
    readonly address: Address;
  };
}

/**
 * Whose address counts: the socket's, unless the socket belongs to a trusted proxy; then the last entry of
 * `X-Forwarded-For`, read from right to left, that is not a trusted proxy itself. Entries further left are the
 * caller's own words. Any entry on the way that is not a plain address refuses the request.
 */
export function peer(
  trustedProxies: readonly Network[],
): Guard<Pick<Received, 'socket' | 'headers'>, Peer> {
  const isTrusted = (address: Address): boolean =>
    trustedProxies.some((network) => contains(network, address));
  return {
    name: 'peer',
    check: ({ socket, headers }) => {
      const direct = parseAddress(socket.address);
      if (direct === null) return unreadable('the address of the connection is not readable');
      if (trustedProxies.length === 0 || !isTrusted(direct)) return toFacts(direct);
      const forwarded = headers.pairs
        .filter(([name]) => name === 'x-forwarded-for')
        .map(([, value]) => value);
      return forwarded.length === 0
        ? toFacts(direct)
        : walkBack(forwarded.join(','), direct, isTrusted);
    },
  };
}

const entriesMax = 32;

function walkBack(list: string, direct: Address, isTrusted: (address: Address) => boolean) {
  const entries = list.split(',');
  if (entries.length > entriesMax) return unreadable('X-Forwarded-For has too many entries');
  let nearest = direct;
  for (const entry of entries.reverse()) {
    const address = parseAddress(entry.trim());
    if (address === null) return unreadable('X-Forwarded-For has an entry that is not an address');
    nearest = address;
    if (!isTrusted(address)) break;
  }
  return toFacts(nearest);
}

const unreadable = (reason: string) =>
  deny('network_denied', {
    detail: {
      reason,
      source: 'edge.trusted_proxies',
      remedy: 'let the trusted proxy send one plain address per hop',
    },
  });

const toFacts = (address: Address): Peer => ({ peer: { ip: formatAddress(address), address } });
