import type { Denial } from '../domain/denial.ts';
import type { Answer, Received, SocketFacts } from '../domain/received.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeadRules } from './head.ts';
import type { Limits } from './limits.ts';
import type { Refuse } from './problem.ts';

/** A request on its way to whoever answers it; which methods can occur is up to the listener. */
export type Incoming = Omit<Received, 'method'> & {
  readonly method: string;
  /** The served host that the request names, canonical. */
  readonly host: string;
};

/** A refusal by the transport itself: the core never saw the request, so it is reported for the audit log. */
export interface WireDenial {
  /** As in the X-Request-Id of the answer. */
  readonly id: string;
  readonly atMs: number;
  readonly socket: SocketFacts;
  readonly denial: Denial;
}

/** What all connections of one listener share. */
export interface Transport {
  readonly limits: Limits;
  readonly clock: Clock;
  readonly headRules: HeadRules;
  readonly newRequestId: () => string;
  readonly refuse: Refuse;
  readonly answer: (incoming: Incoming) => Promise<Answer>;
  readonly onWireDenial: (denial: WireDenial) => void;
  /** Told about bugs and about certificates that cannot be used. Never holds a secret. */
  readonly onAlarm: (message: string) => void;
}
