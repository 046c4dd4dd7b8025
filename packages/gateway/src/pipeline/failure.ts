import { deny, type Denial, type DenialCode } from '../domain/denial.ts';
import { AuditUnavailable } from '../ports/auditStore.ts';
import { StoreUnavailable } from '../ports/stores.ts';

/** Whatever cannot decide has refused. A store that is down is told from a bug, so that 503 is not 500. */
export function failureDenial(error: unknown): Denial {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'a value was thrown';
  if (error instanceof StoreUnavailable) return deny('store_unavailable', { detail: { reason } });
  if (error instanceof AuditUnavailable) return deny('audit_unavailable', { detail: { reason } });
  return deny('guard_failed', { detail: { reason } });
}

/** Whether a denial says that the gateway could not decide, as opposed to: it decided against. */
export function isFailure(code: DenialCode): boolean {
  return code === 'guard_failed' || code === 'store_unavailable' || code === 'audit_unavailable';
}
