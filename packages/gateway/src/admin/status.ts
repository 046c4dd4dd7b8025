import { z } from '@hono/zod-openapi';
import type { AdminContext, StatusReport } from './context.ts';
import { reads, type Endpoint } from './endpoint.ts';
import { time, toTime } from './wire.ts';

const statusReply = z
  .strictObject({
    version: z.string(),
    runtime: z.string(),
    mode: z.enum(['production', 'development']),
    started_at: time,
    ready: z.boolean(),
    listeners: z.array(z.strictObject({ name: z.string(), address: z.string() })),
    capabilities: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['ok', 'degraded', 'down']),
        needed: z.boolean().meta({ description: 'Whether the gateway is not ready without it' }),
        detail: z.string(),
      }),
    ),
  })
  .openapi('Status');

export const isReady = ({ capabilities }: Pick<StatusReport, 'capabilities'>): boolean =>
  capabilities.every(({ needed, state }) => !needed || state !== 'down');

const toStatusReply = (report: StatusReport): z.output<typeof statusReply> => ({
  version: report.version,
  runtime: report.runtime,
  mode: report.mode,
  started_at: toTime(report.startedAtMs),
  ready: isReady(report),
  listeners: report.listeners.map(({ name, address }) => ({ name, address })),
  capabilities: report.capabilities.map(({ name, state, needed, detail }) => ({
    name,
    state,
    needed,
    detail,
  })),
});

export const statusEndpoints = (context: AdminContext): readonly Endpoint[] => [
  reads({
    path: '/v1/status',
    summary: 'Show what the gateway can do now',
    permission: 'status:read',
    reply: statusReply,
    run: async () => ({ body: toStatusReply(await context.status()) }),
  }),
];
