import type { AuditEntry } from '../domain/audit.ts';

export const startMs = Date.UTC(2026, 10, 24, 12);

/** An entry as the edge writes it. */
export const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'req_1',
  phase: 'final',
  atMs: startMs,
  actor: { kind: 'client', clientId: 'cl_1', clientName: 'studio', keyId: 'k1', via: 'key' },
  action: 'getJob',
  method: 'GET',
  path: '/v1/jobs/1',
  sourceIp: '203.0.113.7',
  decision: 'allowed',
  trail: [
    { guard: 'peer', result: 'passed' },
    { guard: 'rate', result: 'off' },
  ],
  status: 200,
  upstreamStatus: 200,
  durationMs: 12.5,
  upstreamMs: 11,
  ...change,
});
