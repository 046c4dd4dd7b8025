import type { AuditEntry } from '../domain/audit.ts';
import type { Page, PageRequest } from './stores.ts';

/** Thrown when the log cannot be written: the caller refuses the request. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';
}

/**
 * The audit log. Append-only; no method changes or removes an entry.
 */
export interface AuditStore {
  /**
   * Resolves when the entry can no longer be lost by a killed process; with `durable` also not by a power cut.
   * Rejects with {@link AuditUnavailable}. Concurrent calls share one write.
   */
  append(entry: AuditEntry, options?: { readonly durable: boolean }): Promise<void>;
  /** The settled entry of that id, or its intent, or null. */
  find(id: string): Promise<AuditEntry | null>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
  /** Calls back for each entry from now on; returns the way to stop. */
  follow(listener: (entry: AuditEntry) => void): () => void;
  /** Resolves while the log can be written; rejects with {@link AuditUnavailable}. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface AuditFilter {
  readonly clientId?: string;
  readonly decision?: AuditEntry['decision'];
  readonly action?: string;
  readonly sourceIp?: string;
  readonly sinceMs?: number;
}
