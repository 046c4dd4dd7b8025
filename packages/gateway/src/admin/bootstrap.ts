import { z } from '@hono/zod-openapi';
import { deny } from '../domain/denial.ts';
import { issuedAdminReply, newAdminOf, toAdminReply } from './admins.ts';
import type { AdminContext } from './context.ts';
import { changes, type Endpoint } from './endpoint.ts';
import { tokenDigest } from './ids.ts';
import { name } from './wire.ts';

export function bootstrapEndpoints(context: AdminContext): readonly Endpoint[] {
  const { stores, clock, defaults } = context;
  return [
    changes({
      method: 'post',
      path: '/v1/bootstrap',
      summary: 'Create the first owner with the bootstrap token; works once',
      permission: null,
      status: 201,
      reply: issuedAdminReply,
      body: z
        .strictObject({ token: z.string().min(1).max(200), name: name.default('owner') })
        .openapi('Bootstrap'),
      plan: ({ body }) => {
        const nowMs = clock.nowMs();
        const expiresAtMs = nowMs + defaults.adminLifetimeMs;
        const { admin, token } = newAdminOf(body.name, 'owner', expiresAtMs, nowMs);
        return {
          target: `admin ${admin.id}`,
          changes: { name: admin.name, role: admin.role },
          effect: [`${admin.name} becomes the first owner, if the token is right`],
          apply: async () => {
            const done = await stores.admins.bootstrap(tokenDigest(body.token), nowMs, admin);
            if (!done) return deny('bootstrap_refused');
            return { body: { admin: toAdminReply(admin, nowMs), token }, version: admin.version };
          },
        };
      },
    }),
  ];
}
