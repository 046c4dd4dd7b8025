import type { NetworkRule } from '../credentials/subjects.ts';
import type { Verifier } from '../credentials/verifier.ts';
import type { Network } from '../domain/network.ts';
import type { Received } from '../domain/received.ts';
import { addresses, type AddressOptions } from '../guards/addresses.ts';
import { authenticate, type Expose } from '../guards/authenticate.ts';
import { authorize } from '../guards/authorize.ts';
import { operation } from '../guards/operation.ts';
import { ownership } from '../guards/ownership.ts';
import { peer, type Peer } from '../guards/peer.ts';
import { rate, type RateOptions } from '../guards/rate.ts';
import { readBody, type BodyLimits } from '../guards/readBody.ts';
import type { Routed } from '../guards/routes.ts';
import { schema, type WithInput } from '../guards/schema.ts';
import { tokenRequest } from '../guards/tokenRequest.ts';
import { wafBody } from '../guards/wafBody.ts';
import { wafHeaders } from '../guards/wafHeaders.ts';
import type { GuardMode } from '../pipeline/guard.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import type { Counters } from '../ports/counters.ts';
import type { ResourceStore } from '../ports/stores.ts';
import type { Provider } from '../providers/provider.ts';
import type { Inspected } from '../waf/inspected.ts';

export interface WayParts {
  readonly provider: Provider;
  readonly trustedProxies: readonly Network[];
  readonly globalNetworks: readonly NetworkRule[];
  readonly verifier: Verifier;
  readonly expose: Expose;
  readonly counters: Counters;
  readonly rateOptions: RateOptions;
  readonly bodyLimits: BodyLimits;
  readonly tokenBodyLimits: BodyLimits;
  readonly addressOptions: AddressOptions;
  readonly resources: ResourceStore;
  readonly modes: Readonly<Record<string, GuardMode>>;
  /** Of the guards of the web application firewall, and of its look at answers. */
  readonly wafMode: GuardMode;
}

/**
 * The guards in order: this file is the request's way.
 *
 * Every request enters through `entrance`. A call for the upstream goes on through `call`; the provider's token call,
 * which the gateway answers itself, through `token`. What took long on its way, or was held back by the gateway, goes
 * through `again` before it goes on: a grant may have ended meanwhile.
 */
export function createWays(parts: WayParts) {
  const { provider, verifier, globalNetworks, modes, wafMode } = parts;
  const who = authenticate(verifier, parts.expose);
  const may = authorize(globalNetworks);
  const owns = ownership(provider, parts.resources);

  const pace = rate(parts.counters, parts.rateOptions);

  const entrance = Pipeline.start<Received & Inspected>()
    .through(peer(parts.trustedProxies))
    .through(operation(provider))
    .through(wafHeaders)
    .withModes({ wafHeaders: wafMode });

  const call = Pipeline.start<Received & Inspected & Peer & Routed>()
    .through(who)
    .through(may)
    .through(pace)
    .through(readBody(parts.bodyLimits))
    .through(schema(provider))
    .through(wafBody)
    .through(addresses(parts.addressOptions))
    .through(owns)
    .withModes({ ...modes, wafBody: wafMode });

  const again = Pipeline.start<Received & Peer & Routed & WithInput>()
    .through(who)
    .through(may)
    .through(owns)
    .withModes({
      authorize: modes['authorize'] ?? 'enforce',
      ownership: modes['ownership'] ?? 'enforce',
    });

  const token = Pipeline.start<Received & Inspected & Peer & Routed>()
    .through(readBody(parts.tokenBodyLimits))
    .through(tokenRequest(provider, verifier, globalNetworks))
    .through(pace)
    .withModes({ rate: modes['rate'] ?? 'enforce' });

  return { entrance, call, again, token, wafMode };
}

export type Ways = ReturnType<typeof createWays>;
