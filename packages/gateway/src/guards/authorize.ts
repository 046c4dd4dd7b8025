import type { NetworkRule, Subject } from '../credentials/subjects.ts';
import { deny, type Denial } from '../domain/denial.ts';
import { contains, type Address } from '../domain/network.ts';
import type { Hours } from '../domain/policy.ts';
import type { Received } from '../domain/received.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Authenticated } from './authenticate.ts';
import type { Routed } from './operation.ts';
import type { Peer } from './peer.ts';

export interface Granted {
  readonly grant: {
    readonly scopes: ReadonlySet<string>;
    readonly capabilities: ReadonlySet<string>;
    /** Hosts that fetched addresses may name; empty: any public host. */
    readonly remoteHosts: readonly string[];
  };
}

type Needs = Pick<Received, 'receivedAtMs'> & Routed & Authenticated & Peer;

/**
 * Scope, source network and hours. Networks come first, so that a stolen key used elsewhere learns nothing about its grants.
 *
 * @param globalNetworks the gateway's own allowlist, from the configuration
 */
export function authorize(globalNetworks: readonly NetworkRule[]): Guard<Needs, Granted> {
  return {
    name: 'authorize',
    check: ({ receivedAtMs, operation, principal, peer }) => {
      const { subject } = principal.verified;
      return (
        checkNetworks(globalNetworks, peer.address) ??
        checkNetworks(subject.networks, peer.address) ??
        checkHours(subject, receivedAtMs) ??
        checkScope(subject, operation.scope) ??
        toGrant(subject)
      );
    },
    otherwise: ({ principal }) => toGrant(principal.verified.subject),
  };
}

const toGrant = (subject: Subject): Granted => ({
  grant: {
    scopes: subject.scopes,
    capabilities: subject.capabilities,
    remoteHosts: subject.policy.remoteHosts,
  },
});

function checkNetworks(rules: readonly NetworkRule[], address: Address): Denial | null {
  for (const { source, networks } of rules) {
    if (networks.some((network) => contains(network, address))) continue;
    return deny('network_denied', {
      detail: {
        reason: `the source address is in none of the ${networks.length} allowed networks`,
        source,
        remedy: `add the caller's network to ${source}, or call from an allowed one`,
      },
    });
  }
  return null;
}

function checkScope(subject: Subject, scope: string): Denial | null {
  if (subject.scopes.has(scope)) return null;
  const narrowed = subject.policy.scopes.includes(scope);
  const source = narrowed ? `key ${subject.record.key.id}` : `policy ${subject.policy.name}`;
  return deny('insufficient_scope', {
    hint: `the operation needs the scope ${scope}`,
    extensions: { scope },
    headers: [
      ['www-authenticate', `Bearer realm="filmgate", error="insufficient_scope", scope="${scope}"`],
    ],
    detail: {
      reason: `the scope ${scope} is not granted`,
      source,
      remedy: `filmgate policy update ${subject.policy.name} --add-scope ${scope}`,
    },
  });
}

function checkHours(subject: Subject, atMs: number): Denial | null {
  const { hours, name } = subject.policy;
  if (hours.length === 0 || hours.some((window) => isWithin(window, atMs))) return null;
  return deny('outside_hours', {
    detail: {
      reason: 'the request came outside the hours that the policy allows (UTC)',
      source: `policy ${name}`,
      remedy: `change the hours of policy ${name}`,
    },
  });
}

/** Whether the moment lies in the window; windows are in UTC. */
export function isWithin({ days, fromMinute, toMinute }: Hours, atMs: number): boolean {
  const moment = new Date(atMs);
  const day = moment.getUTCDay() === 0 ? 7 : moment.getUTCDay();
  const minute = moment.getUTCHours() * 60 + moment.getUTCMinutes();
  return days.includes(day) && minute >= fromMinute && minute < toMinute;
}
