import { deny, type Denial } from '../domain/denial.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Clock } from '../ports/clock.ts';
import type { Admin, AdminStore } from '../ports/stores.ts';
import { isAdminToken, tokenDigest } from './ids.ts';
import type { AdminReceived, Anonymous, Identified } from './received.ts';
import { may, type Permission } from './roles.ts';

const headers = [['www-authenticate', 'Bearer realm="filmgate-admin"']] as const;

const missing = deny('credential_missing', {
  headers,
  hint: 'send an admin token as Authorization: Bearer',
  detail: {
    reason: 'there is no Authorization header',
    remedy: 'send an admin token as Authorization: Bearer',
  },
});

const malformed = deny('credential_malformed', {
  headers,
  detail: {
    reason: 'the credential has not the form of an admin token',
    remedy: 'send an admin token (fga_…); keys of clients do not administer',
  },
});

const unknown = deny('credential_unknown', {
  headers,
  detail: {
    reason: 'no admin has this token',
    remedy: 'ask an owner: filmgate admins create NAME',
  },
});

/** Finds the admin behind `Authorization: Bearer fga_…`. */
export function authenticate(
  admins: AdminStore,
  clock: Clock,
): Guard<Pick<AdminReceived, 'request'>, Identified> {
  return {
    name: 'authenticate',
    check: async ({ request }) => {
      const header = request.headers.get('authorization');
      if (header === null) return missing;
      const text = /^bearer +(\S+)$/i.exec(header.trim())?.[1] ?? '';
      if (!isAdminToken(text)) return malformed;
      const admin = await admins.findByDigest(tokenDigest(text));
      if (admin === null) return unknown;
      return checkLife(admin, clock.nowMs()) ?? { admin };
    },
  };
}

/** Why the admin's token does not work now; null when it does. Asked again while a stream is open. */
export function checkLife(admin: Admin, nowMs: number): Denial | null {
  const source = `admin ${admin.name}`;
  if (admin.state !== 'active') {
    const remedy = `filmgate admins enable ${admin.name}`;
    return deny('credential_disabled', {
      headers,
      detail: { reason: 'the admin is disabled', source, remedy },
    });
  }
  if (admin.expiresAtMs > nowMs) return null;
  const remedy = `another owner: filmgate admins rotate ${admin.name}`;
  return deny('credential_expired', {
    headers,
    detail: { reason: 'the admin token has expired', source, remedy },
  });
}

/** Whether the admin's role has the permission. */
export function permission(name: Permission): Guard<Identified, object> {
  return {
    name: 'permission',
    check: ({ admin }) => {
      if (may(admin.role, name)) return {};
      return deny('permission_missing', {
        hint: `this needs the permission ${name}`,
        extensions: { permission: name },
        detail: {
          reason: `the role ${admin.role} has no ${name}`,
          source: `admin ${admin.name}`,
          remedy: `ask an owner for a role that has ${name}`,
        },
      });
    },
  };
}

/** For what nobody can have a name for yet. */
export const anybody: Guard<object, Anonymous> = {
  name: 'anybody',
  check: () => ({ admin: null }),
};
