import type { AuditEntry, TrailStep } from '../domain/audit.ts';
import { denials, type Denial } from '../domain/denial.ts';
import { isFailure } from '../pipeline/failure.ts';
import type { AuditStore } from '../ports/auditStore.ts';
import type { Clock } from '../ports/clock.ts';
import type { Admin } from '../ports/stores.ts';
import type { Plan } from './endpoint.ts';
import type { AdminReceived } from './received.ts';

/** The one audit entry of an admin request; its checks are the trail, as on the edge. */
export class AdminRecord {
  readonly id: string;
  /** Filled by the pipeline. */
  readonly trail: TrailStep[] = [];
  /** Who acts, once known. */
  admin: Admin | null = null;
  readonly #action: string;
  readonly #received: Pick<AdminReceived, 'request' | 'url' | 'caller'>;
  readonly #audit: AuditStore;
  readonly #clock: Clock;
  readonly #atMs: number;
  readonly #startMs: number;

  constructor(
    action: string,
    received: Pick<AdminReceived, 'request' | 'url' | 'caller'>,
    { audit, clock }: { readonly audit: AuditStore; readonly clock: Clock },
  ) {
    this.#action = action;
    this.#received = received;
    this.#audit = audit;
    this.#clock = clock;
    this.#atMs = clock.nowMs();
    this.#startMs = clock.monotonicMs();
    this.id = received.caller.requestId;
  }

  /** Before a change: a process that is killed now leaves a trace of what was about to happen. */
  intent(plan: Plan): Promise<void> {
    return this.#append({ ...told(plan), phase: 'intent', decision: 'allowed' }, this.#isKnown);
  }

  /** Before the answer. */
  done(plan: Plan, status: number): Promise<void> {
    return this.#append({ ...told(plan), phase: 'final', decision: 'allowed', status }, true);
  }

  /** A refusal, with the plan if there was one. `step`: the check that decided, where it is not in the trail yet. */
  refused(denial: Denial, step: string | null, plan: Plan | null): Promise<void> {
    if (step !== null) {
      const { code, detail } = denial;
      const result = isFailure(code) ? 'failed' : 'denied';
      this.trail.push({ guard: step, result, code, ...(detail && { detail }) });
    }
    const decision = isFailure(denial.code) ? 'failed' : 'denied';
    const { status } = denials[denial.code];
    return this.#append(
      { ...(plan && told(plan)), phase: 'final', decision, code: denial.code, status },
      this.#isKnown,
    );
  }

  /** A stranger cannot make the gateway wait for the disk. */
  get #isKnown(): boolean {
    return this.admin !== null;
  }

  #append(
    rest: Partial<AuditEntry> & Pick<AuditEntry, 'phase' | 'decision'>,
    durable: boolean,
  ): Promise<void> {
    const { request, url, caller } = this.#received;
    const entry: AuditEntry = {
      id: this.id,
      atMs: this.#atMs,
      actor: this.admin
        ? { kind: 'admin', adminId: this.admin.id, via: this.admin.name }
        : { kind: 'anonymous' },
      action: this.#action,
      method: request.method,
      path: url.pathname.slice(0, 300),
      sourceIp: caller.ip,
      trail: [...this.trail],
      durationMs: this.#clock.monotonicMs() - this.#startMs,
      ...rest,
    };
    return this.#audit.append(entry, { durable });
  }
}

const told = ({ target, changes, reason }: Plan): Partial<AuditEntry> => ({
  target,
  changes,
  ...(reason !== undefined && { reason }),
});
