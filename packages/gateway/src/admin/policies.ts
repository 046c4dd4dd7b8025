import { z } from '@hono/zod-openapi';
import { deny, type Denial } from '../domain/denial.ts';
import type { Policy } from '../domain/policy.ts';
import type { AdminContext } from './context.ts';
import { changes, findIn, reads, type Endpoint, type Plan } from './endpoint.ts';
import { everyRow } from './everyRow.ts';
import { newObjectId } from './ids.ts';
import { listOrFind } from './listOrFind.ts';
import {
  fromWireHours,
  fromWireRate,
  policyForms,
  type PolicyForms,
  toPolicyReply,
} from './policyForms.ts';
import { count, difference, name, pageOf, pageQuery, patched, reason } from './wire.ts';

const shown = (policy: Policy) => ({ body: toPolicyReply(policy), version: policy.version });

export function policyEndpoints(context: AdminContext): readonly Endpoint[] {
  const { policies } = context.stores;
  const { reply, creation, patch } = policyForms(context.provider);
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
  body: z.output<PolicyForms['creation']>,
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
  body: z.output<PolicyForms['patch']>,
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
