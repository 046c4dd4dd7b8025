import type { AuditEntry, TrailStep } from '../domain/audit.ts';
import { denials, type DenialKind } from '../domain/denial.ts';

/** One check of a request, as a person reads it. */
interface Check {
  readonly name: string;
  readonly result: TrailStep['result'] | 'not reached';
  readonly code?: string;
  readonly reason?: string;
}

/** Why a request ended as it did. */
export interface Explanation {
  /** One sentence. */
  readonly verdict: string;
  readonly checks: readonly Check[];
  /** The check that decided against the request; null when none did. */
  readonly decided_by: string | null;
  readonly reason: string | null;
  /** The object, or file and line, that the deciding rule came from. */
  readonly source: string | null;
  /** What would have to change for the request to pass. */
  readonly remedy: string | null;
}

/** @param guards the names of all checks in order, to show what was not reached */
export function explain(entry: AuditEntry, guards: readonly string[]): Explanation {
  const decided = entry.trail.findLast(({ result }) => result === 'denied' || result === 'failed');
  const kind = kindOf(entry.code);
  const refused = entry.decision !== 'allowed';
  const { detail } = decided ?? {};
  return {
    verdict: verdictOf(entry, kind, decided),
    checks: [...entry.trail.map(toCheck), ...notReached(entry, guards)],
    decided_by: decided?.guard ?? null,
    reason: refused ? (detail?.reason ?? kind?.title ?? null) : null,
    source: detail?.source ?? null,
    remedy: refused ? (detail?.remedy ?? kind?.help ?? null) : null,
  };
}

const kindOf = (code: string | undefined): DenialKind | null =>
  code !== undefined && Object.hasOwn(denials, code) ? denials[code as keyof typeof denials] : null;

function verdictOf(
  { decision, phase, status, upstreamStatus, code }: AuditEntry,
  kind: DenialKind | null,
  decided: TrailStep | undefined,
): string {
  if (phase === 'intent') return 'Allowed and begun; how it ended was not recorded.';
  if (decision === 'allowed') {
    return upstreamStatus === undefined
      ? `Allowed, and answered with ${status}.`
      : `Allowed; the upstream answered ${upstreamStatus}.`;
  }
  const what = kind?.title ?? code ?? 'no reason was recorded';
  const by = decided ? ` by ${decided.guard}` : '';
  return `${decision === 'denied' ? 'Denied' : 'Failed'}${by} with ${status}: ${what}.`;
}

const toCheck = ({ guard, result, code, detail }: TrailStep): Check => ({
  name: guard,
  result,
  ...(code !== undefined && { code }),
  ...(detail && { reason: detail.reason }),
});

/** Only of requests at the edge: their checks are the guards. */
function notReached({ trail, actor }: AuditEntry, guards: readonly string[]): readonly Check[] {
  const names = new Set(trail.map(({ guard }) => guard));
  if (actor.kind === 'admin' || !guards.some((name) => names.has(name))) return [];
  const last = guards.findLastIndex((name) => names.has(name));
  return guards.slice(last + 1).map((name) => ({ name, result: 'not reached' as const }));
}
