import type { Admin } from '../ports/stores.ts';

export type Role = Admin['role'];

/** From the most to the least. */
export const roleNames = [
  'owner',
  'operator',
  'auditor',
  'viewer',
] as const satisfies readonly Role[];

const everybody: readonly Role[] = roleNames;
const operators: readonly Role[] = ['owner', 'operator'];
const overseers: readonly Role[] = ['owner', 'operator', 'auditor'];
const owners: readonly Role[] = ['owner'];

/** The one table of who may do what. A route names one of these; what is not listed is refused. */
export const permissions = {
  'clients:create': operators,
  'clients:read': everybody,
  'clients:update': operators,
  'clients:disable': operators,
  'clients:enable': operators,
  'clients:remove': operators,
  'keys:create': operators,
  'keys:read': everybody,
  'keys:rotate': operators,
  'keys:disable': operators,
  'keys:enable': operators,
  'keys:revoke': operators,
  'policies:create': operators,
  'policies:read': everybody,
  'policies:update': operators,
  'policies:remove': operators,
  'resources:read': everybody,
  'resources:adopt': operators,
  'requests:read': everybody,
  'status:read': everybody,
  'upstream:test': operators,
  'waf:read': everybody,
  'waf:reload': operators,
  'waf:exclude': operators,
  'config:read': overseers,
  'admins:read': ['owner', 'auditor'],
  'admins:create': owners,
  'admins:update': owners,
  'self:read': everybody,
  'self:rotate': everybody,
  'description:read': everybody,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as readonly Permission[];

export const may = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role);

/** Whether `granter` has every permission of `granted`, and so may give it. */
export const covers = (granter: Role, granted: Role): boolean =>
  permissionNames.every((name) => !may(granted, name) || may(granter, name));
