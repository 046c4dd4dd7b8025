import { z } from '@hono/zod-openapi';
import { deny } from '../domain/denial.ts';
import type { Clock } from '../ports/clock.ts';
import type { AdminStore } from '../ports/stores.ts';
import { issuedAdminReply, newAdminOf, toAdminReply } from './admins.ts';
import type { AdminContext } from './context.ts';
import { changes, type Endpoint } from './endpoint.ts';
import { tokenDigest } from './ids.ts';
import { name } from './wire.ts';

const offerLifetimeMs = 3_600_000;
const tokenLengthMin = 16;

/** Thrown for a bootstrap token that could be guessed. */
export class BootstrapTokenWeak extends Error {
  override readonly name = 'BootstrapTokenWeak';
}

/**
 * Offers a token that makes the first owner: once, within an hour.
 * @returns false when the gateway has an owner already, or another token is on offer
 * @throws BootstrapTokenWeak when it has fewer than 16 characters
 */
export async function offerBootstrap(
  token: string,
  { admins, clock }: { readonly admins: AdminStore; readonly clock: Clock },
): Promise<boolean> {
  if (token.length < tokenLengthMin) {
    throw new BootstrapTokenWeak(`a bootstrap token has at least ${tokenLengthMin} characters`);
  }
  const nowMs = clock.nowMs();
  return admins.offerBootstrap(tokenDigest(token), nowMs + offerLifetimeMs, nowMs);
}

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
