import { z } from '@hono/zod-openapi';
import type { AuditEntry } from '../domain/audit.ts';
import type { AuditFilter } from '../ports/auditStore.ts';
import type { AdminContext } from './context.ts';
import { reads, type Endpoint } from './endpoint.ts';
import { explain } from './explain.ts';
import type { Tails } from './tail.ts';
import { pageOf, pageQuery, time, toPageRequest, toTime } from './wire.ts';

const actor = z.strictObject({
  kind: z.enum(['client', 'admin', 'system', 'anonymous']),
  client_id: z.string().nullable(),
  client_name: z.string().nullable(),
  key_id: z.string().nullable(),
  admin_id: z.string().nullable(),
  via: z.string().nullable(),
});

const finding = z.strictObject({
  rule: z.int(),
  phase: z.int(),
  message: z.string(),
  severity: z.string().nullable(),
  tags: z.array(z.string()),
  source: z.string().meta({ description: 'File and line of the rule' }),
  matched: z.array(
    z.strictObject({
      variable: z.string(),
      value: z.string().meta({ description: 'Its first characters and its length' }),
    }),
  ),
  score: z.int(),
  reported: z.boolean().meta({ description: 'The rule is in report mode: it counted for nothing' }),
});

const entryReply = z
  .strictObject({
    id: z.string(),
    phase: z
      .enum(['intent', 'final'])
      .meta({ description: 'intent: begun, and its end was not recorded' }),
    at: time,
    actor,
    action: z.string().meta({ description: 'An operation, or a permission of this API' }),
    target: z.string().nullable(),
    method: z.string().nullable(),
    path: z.string().nullable(),
    source_ip: z.string().nullable(),
    decision: z.enum(['allowed', 'denied', 'failed']),
    code: z.string().nullable(),
    status: z.int().nullable(),
    upstream_status: z.int().nullable(),
    duration_ms: z.number().nullable(),
    upstream_ms: z.number().nullable(),
    created: z.array(z.string()),
    findings: z.array(finding).meta({ description: 'Of the web application firewall' }),
    reason: z.string().nullable(),
    changes: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('Request');

const check = z.strictObject({
  name: z.string(),
  result: z.enum(['passed', 'denied', 'reported', 'off', 'failed', 'not reached']),
  code: z.string().optional(),
  reason: z.string().optional(),
});

const explainedReply = z
  .strictObject({
    request: entryReply,
    explanation: z.strictObject({
      verdict: z.string(),
      checks: z.array(check).meta({ description: 'In the order in which they were made' }),
      decided_by: z.string().nullable(),
      reason: z.string().nullable(),
      source: z.string().nullable().meta({ description: 'Where the deciding rule stands' }),
      remedy: z.string().nullable().meta({ description: 'What would have to change' }),
    }),
  })
  .openapi('Explanation');

const toEntryReply = (entry: AuditEntry): z.output<typeof entryReply> => ({
  id: entry.id,
  phase: entry.phase,
  at: toTime(entry.atMs),
  actor: {
    kind: entry.actor.kind,
    client_id: entry.actor.clientId ?? null,
    client_name: entry.actor.clientName ?? null,
    key_id: entry.actor.keyId ?? null,
    admin_id: entry.actor.adminId ?? null,
    via: entry.actor.via ?? null,
  },
  action: entry.action,
  target: entry.target ?? null,
  method: entry.method ?? null,
  path: entry.path ?? null,
  source_ip: entry.sourceIp ?? null,
  decision: entry.decision,
  code: entry.code ?? null,
  status: entry.status ?? null,
  upstream_status: entry.upstreamStatus ?? null,
  duration_ms: entry.durationMs ?? null,
  upstream_ms: entry.upstreamMs ?? null,
  created: [...(entry.created ?? [])],
  findings: (entry.findings ?? []).map(({ tags, matched, reported = false, ...rest }) => ({
    ...rest,
    tags: [...tags],
    matched: [...matched],
    reported,
  })),
  reason: entry.reason ?? null,
  changes: entry.changes ? { ...entry.changes } : null,
});

const filters = {
  client_id: z.string().max(64).optional(),
  decision: z.enum(['allowed', 'denied', 'failed']).optional(),
  action: z.string().max(100).optional(),
  source_ip: z.string().max(64).optional(),
};

const listQuery = pageQuery.extend({ ...filters, since: time.optional() });

const tailQuery = z.strictObject({
  ...filters,
  seconds: z.coerce.number().int().min(1).max(3_600).default(3_600),
  count: z.coerce.number().int().min(1).max(1_000_000).optional(),
});

type Filters = { readonly [Name in keyof typeof filters]?: string | undefined };

function toFilter(query: Filters, since?: string): AuditFilter {
  const { client_id: clientId, decision, action, source_ip: sourceIp } = query;
  return {
    ...(clientId !== undefined && { clientId }),
    ...(decision !== undefined && { decision: decision as AuditEntry['decision'] }),
    ...(action !== undefined && { action }),
    ...(sourceIp !== undefined && { sourceIp }),
    ...(since !== undefined && { sinceMs: Date.parse(since) }),
  };
}

export function requestEndpoints(context: AdminContext, tails: Tails): readonly Endpoint[] {
  const { audit } = context;
  return [
    reads({
      path: '/v1/requests',
      summary: 'List what was asked of the gateway and how it was answered, newest first',
      permission: 'requests:read',
      reply: pageOf(entryReply),
      query: listQuery,
      run: async ({ query }) => {
        const page = await audit.list(toFilter(query, query.since), toPageRequest(query));
        return { body: { items: page.rows.map(toEntryReply), next: page.next } };
      },
    }),
    reads({
      path: '/v1/requests/tail',
      summary: 'Follow requests as they end: one JSON object a line',
      permission: 'requests:read',
      reply: null,
      query: tailQuery,
      run: ({ query, admin }) =>
        tails.open(admin, {
          filter: toFilter(query),
          seconds: query.seconds,
          count: query.count ?? Infinity,
          toLine: toEntryReply,
        }),
    }),
    reads({
      path: '/v1/requests/{id}',
      summary: 'Explain a request: the checks, the one that decided, and what would have to change',
      permission: 'requests:read',
      reply: explainedReply,
      find: async (id) => {
        const entry = await audit.find(id);
        return entry && { value: entry, version: entry.phase === 'final' ? 2 : 1 };
      },
      run: (_, { value }) => ({
        body: { request: toEntryReply(value), explanation: explain(value, context.guards) },
      }),
    }),
  ];
}
