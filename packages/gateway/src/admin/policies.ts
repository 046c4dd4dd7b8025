import { z } from '@hono/zod-openapi';
import { deny, type Denial } from '../domain/denial.ts';
import type { Hours, Policy } from '../domain/policy.ts';
import type { Provider } from '../providers/provider.ts';
import type { AdminContext } from './context.ts';
import { changes, findIn, reads, type Endpoint, type Plan } from './endpoint.ts';
import { everyRow } from './everyRow.ts';
import { newObjectId } from './ids.ts';
import { listOrFind } from './listOrFind.ts';
import {
  count,
  difference,
  name,
  networks,
  pageOf,
  pageQuery,
  patched,
  reason,
  time,
  toTime,
  version,
} from './wire.ts';

const clockTime = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day such as 08:30, up to 24:00');

const hours = z
  .array(
    z
      .strictObject({
        days: z.array(z.int().min(1).max(7)).min(1).max(7),
        from: clockTime,
        to: clockTime,
      })
      .refine(({ from, to }) => from < to, 'from before to; split a window at midnight'),
  )
  .max(50)
  .meta({ description: 'Windows of use in UTC, weekdays 1 (Monday) to 7; empty: always' });

const remoteHosts = z
  .array(
    z
      .string()
      .regex(
        /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}$/,
        'a host name such as media.example.com or *.example.com',
      ),
  )
  .max(500)
  .meta({ description: 'Hosts that fetched addresses may name; empty: any public host' });

const rate = z
  .strictObject({
    requests: z.int().min(1).max(1_000_000),
    window_seconds: z.number().positive().max(86_400),
  })
  .nullable();

const concurrency = z.int().min(1).max(100_000).nullable();

/** The forms that depend on which scopes and capabilities the provider knows. */
function forms(provider: Pick<Provider, 'scopes' | 'capabilities' | 'presets'>) {
  const scopes = z.array(oneOf(provider.scopes).openapi('Scope'));
  const capabilities = z.array(oneOf(provider.capabilities).openapi('Capability'));
  const preset = oneOf(provider.presets).openapi('Preset');
  const members = { scopes, capabilities, networks, hours, remote_hosts: remoteHosts, rate };
  return {
    reply: z
      .strictObject({
        id: z.string(),
        name: z.string(),
        scopes: z.array(z.string()),
        capabilities: z.array(z.string()),
        networks: z.array(z.string()),
        hours,
        remote_hosts: z.array(z.string()),
        rate,
        concurrency_max: concurrency,
        created_at: time,
        updated_at: time,
        version,
      })
      .openapi('Policy'),
    creation: z
      .strictObject({
        name,
        preset: preset.optional().meta({ description: 'Adds its scopes and capabilities' }),
        scopes: scopes.default([]),
        capabilities: capabilities.default([]),
        networks: networks.default([]),
        hours: hours.default([]),
        remote_hosts: remoteHosts.default([]),
        rate: rate.default(null),
        concurrency_max: concurrency.default(null),
      })
      .openapi('NewPolicy'),
    patch: z
      .strictObject({ name, ...members, concurrency_max: concurrency })
      .partial()
      .openapi('PolicyPatch'),
  };
}

type Forms = ReturnType<typeof forms>;

const oneOf = (names: Readonly<Record<string, unknown>>) =>
  z.enum(Object.keys(names) as [string, ...string[]]);

const toMinute = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const toClockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

type WireHours = z.output<typeof hours>;

const fromWireHours = (windows: WireHours): readonly Hours[] =>
  windows.map(({ days, from, to }) => ({
    days,
    fromMinute: toMinute(from),
    toMinute: toMinute(to),
  }));

const fromWireRate = (wire: z.output<typeof rate>): Policy['rate'] =>
  wire && { requests: wire.requests, windowMs: Math.round(wire.window_seconds * 1000) };

const toPolicyReply = (policy: Policy): z.output<Forms['reply']> => ({
  id: policy.id,
  name: policy.name,
  scopes: [...policy.scopes],
  capabilities: [...policy.capabilities],
  networks: [...policy.networks],
  hours: policy.hours.map(({ days, fromMinute, toMinute: end }) => ({
    days: [...days],
    from: toClockTime(fromMinute),
    to: toClockTime(end),
  })),
  remote_hosts: [...policy.remoteHosts],
  rate: policy.rate && {
    requests: policy.rate.requests,
    window_seconds: policy.rate.windowMs / 1000,
  },
  concurrency_max: policy.concurrencyMax,
  created_at: toTime(policy.createdAtMs),
  updated_at: toTime(policy.updatedAtMs),
  version: policy.version,
});

const shown = (policy: Policy) => ({ body: toPolicyReply(policy), version: policy.version });

export function policyEndpoints(context: AdminContext): readonly Endpoint[] {
  const { policies } = context.stores;
  const { reply, creation, patch } = forms(context.provider);
  const find = findIn(policies);
  const one = '/v1/policies/{id}';
  return [
    reads({
      path: '/v1/policies',
      summary: 'List policies, or find one by name',
      permission: 'policies:read',
      reply: pageOf(reply),
      query: pageQuery.extend({ name: name.optional() }),
      run: async ({ query }) => {
        const page = await listOrFind(policies, query);
        return { body: { items: page.rows.map(toPolicyReply), next: page.next } };
      },
    }),
    changes({
      method: 'post',
      path: '/v1/policies',
      summary: 'Create a policy',
      permission: 'policies:create',
      status: 201,
      reply,
      body: creation,
      plan: ({ body }) => planCreation(context, body),
    }),
    reads({
      path: one,
      summary: 'Show a policy',
      permission: 'policies:read',
      reply,
      find,
      run: (_, { value }) => shown(value),
    }),
    changes({
      method: 'patch',
      path: one,
      summary: 'Change a policy: lists are replaced as a whole',
      permission: 'policies:update',
      reply,
      body: patch,
      find,
      plan: ({ body }, { value }) => planUpdate(context, value, body),
    }),
    changes({
      method: 'delete',
      path: one,
      summary: 'Remove a policy that no client has',
      permission: 'policies:remove',
      status: 204,
      reply: null,
      query: z.strictObject({ reason }),
      find,
      plan: ({ query }, { value }) => planRemoval(context, value, query.reason),
    }),
  ];
}

async function checkName({ stores }: AdminContext, wanted: string): Promise<Denial | null> {
  return (await stores.policies.findByName(wanted)) && deny('name_taken', { pointer: '/name' });
}

const merged = (...lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.flat())].toSorted();

async function planCreation(
  context: AdminContext,
  body: z.output<Forms['creation']>,
): Promise<Plan | Denial> {
  const refusal = await checkName(context, body.name);
  if (refusal) return refusal;
  const preset = body.preset === undefined ? null : context.provider.presets[body.preset]!;
  const nowMs = context.clock.nowMs();
  const policy: Policy = {
    id: newObjectId('pol'),
    name: body.name,
    scopes: merged(body.scopes, preset?.scopes ?? []),
    capabilities: merged(body.capabilities, preset?.capabilities ?? []),
    networks: body.networks,
    hours: fromWireHours(body.hours),
    remoteHosts: body.remote_hosts,
    rate: fromWireRate(body.rate),
    concurrencyMax: body.concurrency_max,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    version: 1,
  };
  return {
    target: `policy ${policy.id}`,
    changes: { ...toPolicyReply(policy) },
    effect: [
      `policy ${policy.name} grants ${count(policy.scopes.length, 'scope')} to clients that get it`,
    ],
    apply: async () => {
      await context.stores.policies.create(policy);
      return { ...shown(policy), location: `/v1/policies/${policy.id}` };
    },
  };
}

async function planUpdate(
  context: AdminContext,
  before: Policy,
  body: z.output<Forms['patch']>,
): Promise<Plan | Denial> {
  if (body.name !== undefined && body.name !== before.name) {
    const refusal = await checkName(context, body.name);
    if (refusal) return refusal;
  }
  const after = patched(before, {
    name: body.name,
    scopes: body.scopes && merged(body.scopes),
    capabilities: body.capabilities && merged(body.capabilities),
    networks: body.networks,
    hours: body.hours && fromWireHours(body.hours),
    remoteHosts: body.remote_hosts,
    rate: body.rate === undefined ? undefined : fromWireRate(body.rate),
    concurrencyMax: body.concurrency_max,
  });
  const policy = {
    ...after,
    updatedAtMs: context.clock.nowMs(),
    version: before.version + 1,
  };
  return {
    target: `policy ${before.id}`,
    changes: difference(toPolicyReply(before), toPolicyReply(after)),
    effect: await describeEffect(context, before, after),
    apply: async () => {
      await context.stores.policies.update(policy, before.version);
      context.changed();
      return shown(policy);
    },
  };
}

const without = (list: readonly string[], other: readonly string[]): readonly string[] =>
  list.filter((item) => !other.includes(item));

async function describeEffect(
  context: AdminContext,
  before: Policy,
  after: Policy,
): Promise<readonly string[]> {
  const clients = await clientsOf(context, before.id);
  const who = clients.length === 0 ? 'no client' : clients.join(', ');
  const lines = [
    ['lose the scopes', without(before.scopes, after.scopes)],
    ['gain the scopes', without(after.scopes, before.scopes)],
    ['lose the capabilities', without(before.capabilities, after.capabilities)],
    ['gain the capabilities', without(after.capabilities, before.capabilities)],
  ] as const;
  return [
    `affects ${who} with the next request`,
    ...lines
      .filter(([, list]) => list.length > 0)
      .map(([text, list]) => `${text} ${list.join(', ')}`),
  ];
}

async function clientsOf({ stores }: AdminContext, policyId: string): Promise<readonly string[]> {
  const clients = await everyRow((page) => stores.clients.list(page));
  return clients.filter((client) => client.policyId === policyId).map((client) => client.name);
}

async function planRemoval(
  context: AdminContext,
  policy: Policy,
  why: string,
): Promise<Plan | Denial> {
  const clients = await clientsOf(context, policy.id);
  if (clients.length > 0) {
    return deny('object_in_use', { hint: `clients have it: ${clients.slice(0, 10).join(', ')}` });
  }
  return {
    target: `policy ${policy.id}`,
    changes: { name: policy.name },
    effect: [`policy ${policy.name} is removed; no client has it`],
    reason: why,
    apply: async () => {
      await context.stores.policies.remove(policy.id, policy.version);
      context.changed();
      return { body: null };
    },
  };
}
