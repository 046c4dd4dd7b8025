import { z } from '@hono/zod-openapi';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Admin } from '../ports/stores.ts';
import type { AdminContext } from './context.ts';
import { changes, findIn, reads, type Endpoint, type Plan } from './endpoint.ts';
import { everyRow } from './everyRow.ts';
import { toExpiry } from './expiry.ts';
import { newAdminToken, newObjectId, tokenDigest } from './ids.ts';
import { covers, permissionNames, may, roleNames } from './roles.ts';
import {
  difference,
  name,
  pageOf,
  pageQuery,
  reason,
  time,
  toPageRequest,
  toTime,
  version,
} from './wire.ts';

export const adminReply = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(roleNames),
    state: z.enum(['active', 'disabled', 'expired']),
    created_at: time,
    expires_at: time,
    version,
  })
  .openapi('Admin');

export const issuedAdminReply = z
  .strictObject({
    admin: adminReply,
    token: z.string().meta({ description: 'The admin token. Shown this once' }),
  })
  .openapi('IssuedAdmin');

const newAdmin = z
  .strictObject({ name, role: z.enum(roleNames), expires_at: time.optional() })
  .openapi('NewAdmin');

const adminPatch = z
  .strictObject({
    role: z.enum(roleNames).optional(),
    state: z.enum(['active', 'disabled']).optional(),
    reason: reason.optional(),
  })
  .openapi('AdminPatch');

export const toAdminReply = (admin: Admin, nowMs: number): z.output<typeof adminReply> => ({
  id: admin.id,
  name: admin.name,
  role: admin.role,
  state: admin.state === 'active' && admin.expiresAtMs <= nowMs ? 'expired' : admin.state,
  created_at: toTime(admin.createdAtMs),
  expires_at: toTime(admin.expiresAtMs),
  version: admin.version,
});

export function adminEndpoints(context: AdminContext): readonly Endpoint[] {
  const { admins } = context.stores;
  const nowMs = () => context.clock.nowMs();
  const shown = (admin: Admin) => ({
    body: toAdminReply(admin, nowMs()),
    version: admin.version,
  });
  const find = findIn(admins);
  const one = '/v1/admins/{id}';
  return [
    reads({
      path: '/v1/admins',
      summary: 'List who administers the gateway',
      permission: 'admins:read',
      reply: pageOf(adminReply),
      query: pageQuery,
      run: async ({ query }) => {
        const page = await admins.list(toPageRequest(query));
        return {
          body: { items: page.rows.map((row) => toAdminReply(row, nowMs())), next: page.next },
        };
      },
    }),
    changes({
      method: 'post',
      path: '/v1/admins',
      summary: 'Create an admin; the token is in this answer and nowhere else',
      permission: 'admins:create',
      status: 201,
      reply: issuedAdminReply,
      body: newAdmin,
      plan: ({ body, admin }) => planCreation(context, admin, body),
    }),
    reads({
      path: one,
      summary: 'Show an admin',
      permission: 'admins:read',
      reply: adminReply,
      find,
      run: (_, { value }) => shown(value),
    }),
    changes({
      method: 'patch',
      path: one,
      summary: 'Change the role or state of another admin',
      permission: 'admins:update',
      reply: adminReply,
      body: adminPatch,
      find,
      plan: ({ body, admin }, { value }) => planUpdate(context, admin, value, body),
    }),
    changes({
      method: 'post',
      path: `${one}/rotate`,
      summary: 'Give another admin a fresh token; the old one stops working at once',
      permission: 'admins:update',
      reply: issuedAdminReply,
      body: z.strictObject({ expires_at: time.optional() }),
      find,
      plan: ({ body, admin }, { value }) =>
        covers(admin.role, value.role)
          ? planRotation(context, value, body.expires_at)
          : exceeded(admin),
    }),
    reads({
      path: '/v1/self',
      summary: 'Show who you are and what you may do',
      permission: 'self:read',
      reply: z
        .strictObject({ admin: adminReply, permissions: z.array(z.string()) })
        .openapi('Self'),
      run: ({ admin }) => ({
        body: {
          admin: toAdminReply(admin, nowMs()),
          permissions: permissionNames.filter((permission) => may(admin.role, permission)),
        },
      }),
    }),
    changes({
      method: 'post',
      path: '/v1/self/rotate',
      summary: 'Get a fresh token for yourself; the present one stops working at once',
      permission: 'self:rotate',
      reply: issuedAdminReply,
      body: z.strictObject({ expires_at: time.optional() }),
      plan: ({ body, admin }) => planRotation(context, admin, body.expires_at),
    }),
  ];
}

const exceeded = ({ name: who, role }: Admin): Denial =>
  deny('grant_exceeded', {
    detail: {
      reason: 'the role to be given has permissions that the giver lacks',
      source: `admin ${who} (${role})`,
      remedy: 'let an owner do it',
    },
  });

async function planCreation(
  context: AdminContext,
  by: Admin,
  body: z.output<typeof newAdmin>,
): Promise<Plan | Denial> {
  if (!covers(by.role, body.role)) return exceeded(by);
  const all = await everyRow((page) => context.stores.admins.list(page));
  if (all.some((other) => other.name === body.name))
    return deny('name_taken', { pointer: '/name' });
  const nowMs = context.clock.nowMs();
  const expiresAtMs = toExpiry(body.expires_at, nowMs, context.defaults.adminLifetimeMs);
  if (isDenial(expiresAtMs)) return expiresAtMs;
  const { admin, token } = newAdminOf(body.name, body.role, expiresAtMs, nowMs);
  return {
    target: `admin ${admin.id}`,
    changes: { name: admin.name, role: admin.role, expires_at: toTime(expiresAtMs) },
    effect: [`${admin.name} gets the role ${admin.role} until ${toTime(expiresAtMs)}`],
    apply: async () => {
      await context.stores.admins.create(admin);
      return {
        body: { admin: toAdminReply(admin, context.clock.nowMs()), token },
        version: admin.version,
        location: `/v1/admins/${admin.id}`,
      };
    },
  };
}

/** A new admin with the token's text, which exists only here. */
export function newAdminOf(
  wanted: string,
  role: Admin['role'],
  expiresAtMs: number,
  nowMs: number,
): { readonly admin: Admin; readonly token: string } {
  const token = newAdminToken();
  const admin: Admin = {
    id: newObjectId('ad'),
    name: wanted,
    role,
    digest: tokenDigest(token),
    state: 'active',
    createdAtMs: nowMs,
    expiresAtMs,
    version: 1,
  };
  return { admin, token };
}

async function planUpdate(
  context: AdminContext,
  by: Admin,
  before: Admin,
  body: z.output<typeof adminPatch>,
): Promise<Plan | Denial> {
  if (before.id === by.id) return deny('own_account');
  const after: Admin = {
    ...before,
    role: body.role ?? before.role,
    state: body.state ?? before.state,
    version: before.version + 1,
  };
  if (!covers(by.role, after.role) || !covers(by.role, before.role)) return exceeded(by);
  if (!(await leavesOwner(context, after))) return deny('last_owner');
  const nowMs = context.clock.nowMs();
  return {
    target: `admin ${before.id}`,
    changes: difference(toAdminReply(before, nowMs), toAdminReply(after, nowMs)),
    effect: [`${before.name} is ${after.state}, with the role ${after.role}`],
    ...(body.reason !== undefined && { reason: body.reason }),
    apply: async () => {
      await context.stores.admins.update(after, before.version);
      return { body: toAdminReply(after, context.clock.nowMs()), version: after.version };
    },
  };
}

/** Whether somebody can still administer when `changed` stands. */
async function leavesOwner({ stores, clock }: AdminContext, changed: Admin): Promise<boolean> {
  const all = await everyRow((page) => stores.admins.list(page));
  const nowMs = clock.nowMs();
  return all
    .map((admin) => (admin.id === changed.id ? changed : admin))
    .some(
      ({ role, state, expiresAtMs }) =>
        role === 'owner' && state === 'active' && expiresAtMs > nowMs,
    );
}

function planRotation(
  context: AdminContext,
  before: Admin,
  expiry: string | undefined,
): Plan | Denial {
  const { clock, defaults } = context;
  const expiresAtMs = toExpiry(expiry, clock.nowMs(), defaults.adminLifetimeMs);
  if (isDenial(expiresAtMs)) return expiresAtMs;
  const token = newAdminToken();
  const after: Admin = {
    ...before,
    digest: tokenDigest(token),
    expiresAtMs,
    version: before.version + 1,
  };
  return {
    target: `admin ${before.id}`,
    changes: { expires_at: toTime(expiresAtMs) },
    effect: [`${before.name} gets a fresh token; the present one stops working at once`],
    apply: async () => {
      await context.stores.admins.update(after, before.version);
      const admin = toAdminReply(after, context.clock.nowMs());
      return { body: { admin, token }, version: after.version };
    },
  };
}
