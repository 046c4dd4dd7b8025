import type { DenialDetail } from './denial.ts';

/** One step of a request's way, as it happened. */
export interface TrailStep {
  readonly guard: string;
  /** `reported`: would have been refused, but the guard is in report mode. */
  readonly result: 'passed' | 'denied' | 'reported' | 'off' | 'failed';
  readonly code?: string;
  readonly detail?: DenialDetail;
}

/** Who acted. `anonymous` when nobody was recognised. */
export interface Actor {
  readonly kind: 'client' | 'admin' | 'system' | 'anonymous';
  readonly clientId?: string;
  readonly clientName?: string;
  readonly keyId?: string;
  readonly adminId?: string;
  readonly via?: string;
}

/**
 * One record of the audit log: who, what, when, from where, the decision with its trail, the outcome.
 * An `intent` is written durably before a paid call; the entry with the same id that follows it settles it.
 */
export interface AuditEntry {
  /** The request id, or `adm_…` / `sys_…`. */
  readonly id: string;
  readonly phase: 'intent' | 'final';
  readonly atMs: number;
  readonly actor: Actor;
  /** Operation id, or admin permission such as `keys:rotate`, or system event such as `certificate:reload`. */
  readonly action: string;
  /** What it was done to, for example `job 1234` or `key abc`. */
  readonly target?: string;
  readonly method?: string;
  readonly path?: string;
  readonly sourceIp?: string;
  readonly decision: 'allowed' | 'denied' | 'failed';
  readonly code?: string;
  readonly trail: readonly TrailStep[];
  /** What the caller was answered; absent in an intent. */
  readonly status?: number;
  readonly upstreamStatus?: number;
  readonly durationMs?: number;
  readonly upstreamMs?: number;
  /** Resources that came to be: `kind id`. */
  readonly created?: readonly string[];
  readonly reason?: string;
  /** Changes of an admin action, without secrets. */
  readonly changes?: Readonly<Record<string, unknown>>;
}
