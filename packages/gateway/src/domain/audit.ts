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

/** What a rule of the web application firewall found in a request or in its answer. */
export interface RuleFinding {
  readonly rule: number;
  /** 1 request head, 2 request body, 3 answer's head, 4 answer's body, 5 summing up. */
  readonly phase: number;
  /** The rule's own words, without what it matched. */
  readonly message: string;
  readonly severity: string | null;
  readonly tags: readonly string[];
  /** Where the rule stands: `file:line`. */
  readonly source: string;
  readonly matched: readonly MatchedValue[];
  /** What it added to the anomaly score. */
  readonly score: number;
  /** The rule is in report mode here: it counted for nothing. */
  readonly reported?: true;
}

export interface MatchedValue {
  /** For example `ARGS:json.scenes.0.story`. */
  readonly variable: string;
  /** The first characters and the length; nothing of what may be a credential. */
  readonly value: string;
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
  /** What the web application firewall found; absent when nothing. */
  readonly findings?: readonly RuleFinding[];
  readonly reason?: string;
  /** Changes of an admin action, without secrets. */
  readonly changes?: Readonly<Record<string, unknown>>;
}
