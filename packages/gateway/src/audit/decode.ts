import type { AuditEntry } from '../domain/audit.ts';

/** What the beginning of a line tells without parsing the rest. */
export interface LineHead {
  readonly id: string;
  readonly phase: AuditEntry['phase'];
  readonly atMs: number;
}

const head = /^\{"id":"([^"]*)","phase":"(intent|final)","atMs":(\d+),/;

/** Null for a line that this log did not write. */
export function readHead(line: string): LineHead | null {
  const match = head.exec(line);
  if (!match) return null;
  const [, id, phase, atMs] = match as unknown as [string, string, AuditEntry['phase'], string];
  return { id, phase, atMs: Number(atMs) };
}

/** Null for a line that this log did not write. */
export function decodeEntry(line: string): AuditEntry | null {
  if (readHead(line) === null) return null;
  try {
    return JSON.parse(line) as AuditEntry;
  } catch {
    return null;
  }
}
