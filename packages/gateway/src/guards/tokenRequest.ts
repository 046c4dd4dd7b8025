import type { NetworkRule } from '../credentials/subjects.ts';
import type { Verified, Verifier } from '../credentials/verifier.ts';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Received } from '../domain/received.ts';
import type { Json } from '../domain/shape.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Provider } from '../providers/provider.ts';
import type { Authenticated } from './authenticate.ts';
import type { Peer } from './peer.ts';
import { checkSource } from './source.ts';

type Needs = Pick<Received, 'receivedAtMs'> &
  Peer & { readonly content: { readonly json: Json | undefined } };

/**
 * The provider's own token call, answered by the gateway: a client's id and one of its keys in the body.
 * Wrong ids and wrong secrets are refused alike, in the provider's shape.
 */
export function tokenRequest(
  provider: Provider,
  verifier: Verifier,
  globalNetworks: readonly NetworkRule[],
): Guard<Needs, Authenticated> {
  const call = provider.tokenCall;
  return {
    name: 'tokenRequest',
    check: async ({ content, peer, receivedAtMs }) => {
      const request = content.json === undefined ? null : call?.read(content.json);
      if (!call || !request) return invalid;
      const verified = await verifier.verifyKey(request.clientSecret);
      if (isDenial(verified)) return { ...verified, providerReply: call.refused() };
      const { subject } = verified;
      if (subject.client.id !== request.clientId)
        return { ...otherClient(verified), providerReply: call.refused() };
      const denial = checkSource(subject, globalNetworks, peer.address, receivedAtMs);
      return (
        denial ?? {
          principal: { client: subject.client, key: subject.record.key, via: 'key', verified },
        }
      );
    },
  };
}

const invalid: Denial = deny('token_request_invalid', {
  detail: {
    reason: "the body is not the token call's",
    remedy: 'send client_id and client_secret as JSON text members',
  },
});

const otherClient = ({ subject }: Verified): Denial =>
  deny('credential_unknown', {
    detail: {
      reason: 'the key is valid, but belongs to another client than the one named',
      source: `key ${subject.record.key.id}`,
      remedy: `use client_id ${subject.client.id}`,
    },
  });
