import type { Actor, AuditEntry, RuleFinding, TrailStep } from '../domain/audit.ts';
import { escapeUnsafe } from './escape.ts';
import { plainValue } from './plainValue.ts';
import { redact } from './redact.ts';

/**
 * The one line of an entry, with its line feed. Only members that are named here are written (an allowlist), whatever
 * else the object holds. The id stands first: entries are found by the beginning of their line.
 */
export function encodeEntry(entry: AuditEntry): string {
  const json = JSON.stringify({
    id: entry.id,
    phase: entry.phase,
    atMs: entry.atMs,
    actor: actorOf(entry.actor),
    action: entry.action,
    target: entry.target,
    method: entry.method,
    path: entry.path,
    sourceIp: entry.sourceIp,
    decision: entry.decision,
    code: entry.code,
    status: entry.status,
    upstreamStatus: entry.upstreamStatus,
    durationMs: entry.durationMs,
    upstreamMs: entry.upstreamMs,
    created: entry.created,
    findings: entry.findings?.map(findingOf),
    reason: entry.reason,
    changes: entry.changes === undefined ? undefined : plainValue(entry.changes),
  });
  const trail = entry.trail.map(stepText).join(',');
  return `${plain(json).slice(0, -1)},"trail":[${trail}]}\n`;
}

const plain = (json: string): string => redact(escapeUnsafe(json));

/** Most steps of most entries say that a guard let pass: their texts are made once. */
const passedTexts = new Map<string, string>();

function stepText(step: TrailStep): string {
  if (step.result !== 'passed' || step.code !== undefined || step.detail !== undefined) {
    return plain(JSON.stringify(stepOf(step)));
  }
  const known = passedTexts.get(step.guard);
  if (known !== undefined) return known;
  const text = plain(JSON.stringify(stepOf(step)));
  passedTexts.set(step.guard, text);
  return text;
}

/** How the line of an entry with this id begins, and that of its settled one. */
export const lineStart = (id: string): string => `{"id":${escapeUnsafe(JSON.stringify(id))},`;
export const settledLineStart = (id: string): string => `${lineStart(id)}"phase":"final",`;

/** How a member with a text value stands in a line. */
export const memberText = (name: string, value: string): string =>
  `"${name}":${plain(JSON.stringify(value))}`;

// Members that are undefined are not written.
const actorOf = (actor: Actor): unknown => ({
  kind: actor.kind,
  clientId: actor.clientId,
  clientName: actor.clientName,
  keyId: actor.keyId,
  adminId: actor.adminId,
  via: actor.via,
});

const stepOf = (step: TrailStep): unknown => ({
  guard: step.guard,
  result: step.result,
  code: step.code,
  detail: step.detail === undefined ? undefined : plainValue(step.detail),
});

const findingOf = (finding: RuleFinding): unknown => ({
  rule: finding.rule,
  phase: finding.phase,
  message: finding.message,
  severity: finding.severity,
  tags: finding.tags,
  source: finding.source,
  matched: finding.matched.map(({ variable, value }) => ({ variable, value })),
  score: finding.score,
  reported: finding.reported,
});
