import type { Actor, AuditEntry, RuleFinding, TrailStep } from '../domain/audit.ts';
import { denials, type Denial } from '../domain/denial.ts';
import type { Received } from '../domain/received.ts';
import type { Authenticated } from '../guards/authenticate.ts';
import { isFailure } from '../pipeline/failure.ts';
import type { Peer } from '../guards/peer.ts';
import type { Routed } from '../guards/routes.ts';

/** What is known of a request when its entry is written; a refused one knows less. */
export type KnownFacts = Received & Partial<Peer & Routed & Authenticated>;

/** What became of the call upstream; empty where there was none. */
export interface CallOutcome {
  readonly upstreamStatus?: number;
  readonly upstreamMs?: number;
  /** `kind id` of what came to be. */
  readonly created?: readonly string[];
}

export interface Outcome extends CallOutcome {
  readonly denial: Denial | null;
  readonly status: number;
  readonly findings: readonly RuleFinding[];
}

/** Durable before a paid call leaves: what is about to be spent, and by whom. */
export function intentEntry(facts: KnownFacts, trail: readonly TrailStep[]): AuditEntry {
  return { ...common(facts, trail), phase: 'intent', decision: 'allowed' };
}

/** One per request, whatever became of it. */
export function finalEntry(
  facts: KnownFacts,
  trail: readonly TrailStep[],
  outcome: Outcome,
  nowMs: number,
): AuditEntry {
  const { denial, findings, ...rest } = outcome;
  return {
    ...common(facts, trail),
    ...rest,
    phase: 'final',
    decision: denial === null ? 'allowed' : couldNot(denial) ? 'failed' : 'denied',
    ...(denial !== null && { code: denial.code }),
    ...(findings.length > 0 && { findings }),
    durationMs: Math.max(0, nowMs - facts.receivedAtMs),
  };
}

/** A refusal by the transport, which no guard has seen. */
export function wireEntry(refused: {
  readonly id: string;
  readonly atMs: number;
  readonly socket: { readonly address: string };
  readonly denial: Denial;
}): AuditEntry {
  const { id, atMs, socket, denial } = refused;
  return {
    id,
    phase: 'final',
    atMs,
    actor: { kind: 'anonymous' },
    action: 'unknown',
    sourceIp: socket.address,
    decision: 'denied',
    code: denial.code,
    trail: [
      {
        guard: 'wire',
        result: 'denied',
        code: denial.code,
        ...(denial.detail && { detail: denial.detail }),
      },
    ],
    status: denials[denial.code].status,
  };
}

/** Room for every path that there is with the longest id. Strangers write entries, too: they must not fill the disk with one. */
const pathLengthMax = 300;

function common(facts: KnownFacts, trail: readonly TrailStep[]) {
  return {
    id: facts.id,
    atMs: facts.receivedAtMs,
    actor: actorOf(facts),
    action: facts.operation?.id ?? 'unknown',
    method: facts.method,
    path: facts.path.slice(0, pathLengthMax),
    sourceIp: facts.peer?.ip ?? facts.socket.address,
    trail,
  };
}

function actorOf({ principal }: KnownFacts): Actor {
  if (!principal) return { kind: 'anonymous' };
  const { client, key, via } = principal;
  return { kind: 'client', clientId: client.id, clientName: client.name, keyId: key.id, via };
}

/** The gateway or the upstream could not, as opposed to: the caller may not. */
function couldNot({ code }: Denial): boolean {
  return isFailure(code) || code === 'circuit_open' || code.startsWith('upstream_');
}
