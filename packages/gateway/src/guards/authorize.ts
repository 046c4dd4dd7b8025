import type { NetworkRule, Subject } from '../credentials/subjects.ts';
import { deny, type Denial } from '../domain/denial.ts';
import type { Received } from '../domain/received.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Authenticated } from './authenticate.ts';
import type { Routed } from './routes.ts';
import type { Peer } from './peer.ts';
import { checkSource } from './source.ts';

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
        checkSource(subject, globalNetworks, peer.address, receivedAtMs) ??
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
