import type { AuditEntry } from '../domain/audit.ts';
import type { AuditFilter } from '../ports/auditStore.ts';
import { memberText } from './encode.ts';

/** A filter made ready for many lines. */
export interface LineFilter {
  /** Whether the line is worth parsing: false only for lines that cannot match. */
  mayMatch(line: string): boolean;
  matches(entry: AuditEntry): boolean;
}

export function lineFilter(filter: AuditFilter): LineFilter {
  const { clientId, decision, action, sourceIp, sinceMs = -Infinity } = filter;
  const needles = Object.entries({ clientId, decision, action, sourceIp }).flatMap(
    ([name, value]) => (value === undefined ? [] : [memberText(name, value)]),
  );
  return {
    mayMatch: (line) => needles.every((needle) => line.includes(needle)),
    matches: (entry) =>
      (clientId === undefined || entry.actor.clientId === clientId) &&
      (decision === undefined || entry.decision === decision) &&
      (action === undefined || entry.action === action) &&
      (sourceIp === undefined || entry.sourceIp === sourceIp) &&
      entry.atMs >= sinceMs,
  };
}
