import { deny, type Denial } from '../domain/denial.ts';
import type { RateLimit } from '../domain/policy.ts';
import type { Counters, RateVerdict } from '../ports/counters.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Authenticated } from './authenticate.ts';
import type { Routed } from './routes.ts';

export interface Admitted {
  readonly admission: {
    /** Must be called once when the request is over. */
    readonly leave: () => void;
    /** `RateLimit` and `RateLimit-Policy` for the answer. */
    readonly headers: readonly (readonly [name: string, value: string])[];
  };
}

export interface RateOptions {
  /** Requests in flight per client where the policy names no bound. */
  readonly concurrencyMax: number;
  /** The operation whose pace the gateway sets itself; its callers cannot cope with a 429. */
  readonly pacedOperationId: string | null;
}

const unlimited: Admitted = { admission: { leave: () => {}, headers: [] } };

/** Requests per window and requests in flight, per client. */
export function rate(
  counters: Counters,
  options: RateOptions,
): Guard<Routed & Authenticated, Admitted> {
  return {
    name: 'rate',
    check: ({ operation, principal: { client, verified } }) => {
      if (operation.id === options.pacedOperationId) return unlimited;
      const { policy } = verified.subject;
      const concurrencyMax = policy.concurrencyMax ?? options.concurrencyMax;
      if (!counters.enter(client.id, concurrencyMax)) return tooMany(policy.name, concurrencyMax);
      const leave = once(() => counters.leave(client.id));
      if (policy.rate === null) return { admission: { leave, headers: [] } };
      return take(counters, client.id, policy.name, policy.rate, leave);
    },
    otherwise: () => unlimited,
  };
}

async function take(
  counters: Counters,
  clientId: string,
  policyName: string,
  limit: RateLimit,
  leave: () => void,
): Promise<Admitted | Denial> {
  try {
    const verdict = await counters.take(clientId, limit);
    if (verdict.allowed) return { admission: { leave, headers: rateHeaders(limit, verdict) } };
    leave();
    return tooFast(policyName, limit, verdict);
  } catch (error) {
    leave();
    throw error;
  }
}

/** draft-ietf-httpapi-ratelimit-headers: `q` the quota, `w` the window, `r` what remains, `t` seconds until it is full again. */
function rateHeaders(
  limit: RateLimit,
  verdict: RateVerdict,
): readonly (readonly [string, string])[] {
  return [
    ['ratelimit-policy', `"client";q=${limit.requests};w=${Math.ceil(limit.windowMs / 1000)}`],
    ['ratelimit', `"client";r=${verdict.remaining};t=${Math.ceil(verdict.resetMs / 1000)}`],
  ];
}

function tooFast(policyName: string, limit: RateLimit, verdict: RateVerdict): Denial {
  const seconds = Math.max(1, Math.ceil(verdict.resetMs / 1000));
  return deny('rate_limited', {
    headers: [['retry-after', String(seconds)], ...rateHeaders(limit, verdict)],
    detail: {
      reason: `more than ${limit.requests} requests in ${limit.windowMs / 1000} s`,
      source: `policy ${policyName}`,
      remedy: `wait ${seconds} s, or raise the rate of policy ${policyName}`,
    },
  });
}

const tooMany = (policyName: string, concurrencyMax: number): Denial =>
  deny('concurrency_limited', {
    headers: [['retry-after', '1']],
    detail: {
      reason: `${concurrencyMax} requests of this client are in flight already`,
      source: `policy ${policyName}`,
      remedy: `let earlier requests finish, or raise the concurrency of policy ${policyName}`,
    },
  });

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
