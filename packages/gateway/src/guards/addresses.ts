import { addressClass } from '../domain/addressClass.ts';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import { parseAddress } from '../domain/network.ts';
import type { Guard } from '../pipeline/guard.ts';
import { type Resolver, Unresolvable } from '../ports/resolver.ts';
import { parseFetchAddress, type FetchAddress } from './addresses/fetchAddress.ts';
import type { Granted } from './authorize.ts';
import type { WithInput } from './schema.ts';

export interface AddressOptions {
  readonly ports: readonly number[];
  /** Looks names up and refuses those that lead inside; null: names are judged by their text alone. */
  readonly resolver: Resolver | null;
  /** Origins such as `https://localhost:9000` that are always right: the upstream's own, where it is on this machine. */
  readonly exemptOrigins: readonly string[];
}

type Needs = WithInput & Granted;
type Found = WithInput['input']['addresses'][number];
type Nothing = Readonly<Record<never, never>>;

const nothing: Nothing = {};

/** Names that one request may make us look up. */
const hostsMax = 64;

/**
 * Every address in a body that the upstream would fetch or call: https, public, on an allowed port, and on the policy's
 * list of hosts where it has one. The upstream resolves names again later, so that looking them up here refuses those
 * that lead inside today; it cannot bind the upstream to what was seen.
 */
export function addresses(options: AddressOptions): Guard<Needs, Nothing> {
  const exempt = new Set(options.exemptOrigins);
  return {
    name: 'addresses',
    check: ({ input, grant }) => {
      const hosts = new Map<string, Found>();
      for (const found of input.addresses) {
        const address = judge(found, grant.remoteHosts, options.ports, exempt);
        if (isDenial(address)) return address;
        if (address !== null && !address.isLiteral) hosts.set(address.host, found);
      }
      if (hosts.size === 0 || options.resolver === null) return nothing;
      return resolveAll(options.resolver, hosts);
    },
    otherwise: () => nothing,
  };
}

/** The address, null when it needs no further look, or why it is refused. */
function judge(
  found: Found,
  remoteHosts: readonly string[],
  ports: readonly number[],
  exempt: ReadonlySet<string>,
): FetchAddress | null | Denial {
  if (exempt.size > 0 && exempt.has(URL.parse(found.text)?.origin ?? '')) return null;
  const address = parseFetchAddress(found.text);
  if ('rule' in address) return refuse(found, address.rule);
  if (!ports.includes(address.port)) return refuse(found, `must use port ${ports.join(' or ')}`);
  if (!isListed(address.host, remoteHosts)) {
    return refuse(found, 'must name a host that the policy lists', address.host);
  }
  return address;
}

/** `*.example.com` takes every name below example.com, and not example.com itself. */
function isListed(host: string, remoteHosts: readonly string[]): boolean {
  if (remoteHosts.length === 0) return true;
  return remoteHosts.some((written) => {
    const entry = written.toLowerCase();
    return entry.startsWith('*.')
      ? host.endsWith(entry.slice(1)) && host.length >= entry.length
      : host === entry;
  });
}

async function resolveAll(
  resolver: Resolver,
  hosts: ReadonlyMap<string, Found>,
): Promise<Nothing | Denial> {
  const [first] = hosts.values();
  if (hosts.size > hostsMax) return refuse(first!, `at most ${hostsMax} hosts may be named`);
  const verdicts = await Promise.all(
    [...hosts].map(([host, found]) => resolveOne(resolver, host, found)),
  );
  return verdicts.find((verdict) => verdict !== null) ?? nothing;
}

async function resolveOne(resolver: Resolver, host: string, found: Found): Promise<Denial | null> {
  try {
    const resolved = await resolver.resolve(host);
    const inside = resolved.length === 0 || !resolved.every(isPublic);
    return inside ? refuse(found, 'must be public', host) : null;
  } catch (error) {
    if (!(error instanceof Unresolvable)) throw error;
    return refuse(found, 'must name a host that can be resolved', host);
  }
}

function isPublic(text: string): boolean {
  const address = parseAddress(text);
  return address !== null && addressClass(address) === 'public';
}

function refuse({ pointer }: Found, rule: string, host?: string): Denial {
  return deny('address_refused', {
    pointer,
    hint: rule,
    detail: {
      reason: `the upstream would fetch an address that is refused: it ${rule}`,
      source: 'addresses in the configuration, remoteHosts of the policy',
      remedy: 'give an https address of a public host that the policy allows',
      ...(host !== undefined && { host }),
    },
  });
}
