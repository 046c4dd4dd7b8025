import { z } from '@hono/zod-openapi';
import { isDenial } from '../domain/denial.ts';
import type { AdminContext } from './context.ts';
import { changes, type Endpoint } from './endpoint.ts';

const testReply = z
  .strictObject({
    works: z.boolean().meta({ description: 'The credential was accepted' }),
    status: z.int().meta({ description: "The upstream's status" }),
    head_ms: z.number(),
  })
  .openapi('UpstreamTest');

export const upstreamEndpoints = (context: AdminContext): readonly Endpoint[] => [
  changes({
    method: 'post',
    path: '/v1/upstream/test',
    summary: 'Read something harmless upstream with the present credential',
    permission: 'upstream:test',
    asksUpstream: true,
    reply: testReply,
    body: z.strictObject({}),
    plan: () => ({
      target: 'upstream credential',
      changes: {},
      effect: [`calls ${context.provider.probeOperationId} of ${context.provider.name} once`],
      apply: async () => {
        const reply = await context.upstream.probe();
        if (isDenial(reply)) return reply;
        const works = reply.status >= 200 && reply.status < 300;
        return { body: { works, status: reply.status, head_ms: reply.headMs } };
      },
    }),
  }),
];
