import type { Received } from '../domain/received.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Inspected } from '../waf/inspected.ts';
import type { Peer } from './peer.ts';
import type { Routed } from './routes.ts';

type Nothing = Readonly<Record<never, never>>;
const nothing: Nothing = {};

/** The rules of phase 1 on method, canonical target and headers: what attacks is not worth asking for a credential. */
export const wafHeaders: Guard<Received & Inspected & Peer & Routed, Nothing> = {
  name: 'wafHeaders',
  check: ({ inspection, operation, peer }) => inspection.head(operation, peer.ip) ?? nothing,
  otherwise: () => nothing,
};
