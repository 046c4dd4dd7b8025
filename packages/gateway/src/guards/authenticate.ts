import { findKeyTexts } from '../credentials/keyText.ts';
import type { Verified, Verifier } from '../credentials/verifier.ts';
import type { Client } from '../domain/client.ts';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Key } from '../domain/key.ts';
import type { Received } from '../domain/received.ts';
import type { Guard } from '../pipeline/guard.ts';

export interface Authenticated {
  readonly principal: Principal;
}

/** Who calls: a client, by a credential that proved itself. */
export interface Principal {
  readonly client: Client;
  readonly key: Key;
  readonly via: Verified['via'];
  readonly verified: Verified;
}

/** Called with each well-formed credential that was seen where it must not be. */
export type Expose = (text: string, where: string) => void;

/**
 * The caller's credential: `Authorization` with `Bearer` or, as the provider's own clients send it, bare.
 * Always enforced.
 */
export function authenticate(
  verifier: Verifier,
  expose: Expose,
): Guard<Pick<Received, 'headers' | 'query'>, Authenticated> {
  return {
    name: 'authenticate',
    check: ({ headers, query }) => {
      const exposed = credentialsInQuery(query);
      if (exposed.length > 0) {
        for (const text of exposed) expose(text, 'the address of a request');
        return inQuery;
      }
      const text = credentialText(headers.get('authorization'));
      if (text === null) return missing;
      const verified = verifier.verify(text);
      return verified instanceof Promise ? verified.then(toFacts) : toFacts(verified);
    },
  };
}

const challenge = [['www-authenticate', 'Bearer realm="filmgate"']] as const;

const missing: Denial = deny('credential_missing', {
  headers: challenge,
  detail: {
    reason: 'there is no Authorization header',
    remedy: 'send a Filmgate key in Authorization',
  },
});

const inQuery: Denial = deny('credential_in_query', {
  headers: challenge,
  detail: {
    reason: 'a credential stood in the query of the address',
    remedy: 'rotate the key and send it in Authorization',
  },
});

/**
 * The bare text behind an optional `Bearer` (RFC 6750 section 2.1; the scheme's name in any case). The transport has cut
 * white space at both ends (RFC 9110 section 5.5); what only resembles it is part of the text, and wrong.
 */
export function credentialText(header: string | undefined): string | null {
  if (header === undefined) return null;
  const text = header.replace(/^bearer(?: +|$)/i, '');
  return text === '' ? null : text;
}

function credentialsInQuery(query: Received['query']): readonly string[] {
  if (query.length === 0) return [];
  return query.flatMap(([name, value]) => [...findKeyTexts(name), ...findKeyTexts(value)]);
}

function toFacts(verified: Verified | Denial): Authenticated | Denial {
  if (isDenial(verified)) return { ...verified, headers: challenge };
  const { subject, via } = verified;
  return { principal: { client: subject.client, key: subject.record.key, via, verified } };
}
