import { z } from '@hono/zod-openapi';
import { deny, type Denial } from '../domain/denial.ts';
import type { Client } from '../domain/client.ts';
import type { AdminContext } from './context.ts';
import { changes, findIn, reads, type Endpoint, type Plan } from './endpoint.ts';
import { everyRow } from './everyRow.ts';
import { newObjectId } from './ids.ts';
import { listOrFind } from './listOrFind.ts';
import {
  count,
  difference,
  line,
  metadata,
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

const policyId = z.string().regex(/^pol_[0-9A-Za-z]{20}$/, 'the id of a policy (pol_…)');
const externalId = line(200).nullable();

const clientReply = z
  .strictObject({
    id: z.string(),
    name,
    state: z.enum(['active', 'disabled']),
    policy_id: z.string(),
    networks: z.array(z.string()),
    owner: z.string().meta({ description: 'Who answers for it' }),
    external_id: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    created_at: time,
    updated_at: time,
    version,
  })
  .openapi('Client');

const newClient = z
  .strictObject({
    name,
    policy_id: policyId,
    owner: line(200),
    networks: networks.default([]),
    external_id: externalId.default(null),
    metadata: metadata.default({}),
  })
  .openapi('NewClient');

const clientPatch = z
  .strictObject({
    name: name.optional(),
    policy_id: policyId.optional(),
    owner: line(200).optional(),
    networks: networks.optional(),
    external_id: externalId.optional(),
    metadata: metadata.optional(),
  })
  .openapi('ClientPatch');

const toClientReply = (client: Client): z.output<typeof clientReply> => ({
  id: client.id,
  name: client.name,
  state: client.state,
  policy_id: client.policyId,
  networks: [...client.networks],
  owner: client.owner,
  external_id: client.externalId,
  metadata: { ...client.metadata },
  created_at: toTime(client.createdAtMs),
  updated_at: toTime(client.updatedAtMs),
  version: client.version,
});

const shown = (client: Client) => ({ body: toClientReply(client), version: client.version });

export function clientEndpoints(context: AdminContext): readonly Endpoint[] {
  const { clients } = context.stores;
  const find = findIn(clients);
  const one = '/v1/clients/{id}';
  return [
    reads({
      path: '/v1/clients',
      summary: 'List clients, or find one by name',
      permission: 'clients:read',
      reply: pageOf(clientReply),
      query: pageQuery.extend({ name: name.optional() }),
      run: async ({ query }) => {
        const page = await listOrFind(clients, query);
        return { body: { items: page.rows.map(toClientReply), next: page.next } };
      },
    }),
    changes({
      method: 'post',
      path: '/v1/clients',
      summary: 'Create a client',
      permission: 'clients:create',
      status: 201,
      reply: clientReply,
      body: newClient,
      plan: ({ body }) => planCreation(context, body),
    }),
    reads({
      path: one,
      summary: 'Show a client',
      permission: 'clients:read',
      reply: clientReply,
      find,
      run: (_, { value }) => shown(value),
    }),
    changes({
      method: 'patch',
      path: one,
      summary: 'Change a client',
      permission: 'clients:update',
      reply: clientReply,
      body: clientPatch,
      find,
      plan: ({ body }, { value }) => planUpdate(context, value, body),
    }),
    changes({
      method: 'post',
      path: `${one}/disable`,
      summary: 'Disable a client: all its keys stop working at once',
      permission: 'clients:disable',
      reply: clientReply,
      body: z.strictObject({ reason }),
      find,
      plan: ({ body }, { value }) => planState(context, value, 'disabled', body.reason),
    }),
    changes({
      method: 'post',
      path: `${one}/enable`,
      summary: 'Enable a client',
      permission: 'clients:enable',
      reply: clientReply,
      body: z.strictObject({}),
      find,
      plan: (_, { value }) => planState(context, value, 'active'),
    }),
    changes({
      method: 'delete',
      path: one,
      summary: 'Remove a disabled client with its keys',
      permission: 'clients:remove',
      status: 204,
      reply: null,
      query: z.strictObject({ reason }),
      find,
      plan: ({ query }, { value }) => planRemoval(context, value, query.reason),
    }),
  ];
}

async function checkPolicy({ stores }: AdminContext, id: string): Promise<Denial | null> {
  if (await stores.policies.find(id)) return null;
  return deny('field_invalid', { pointer: '/policy_id', hint: 'there is no policy with this id' });
}

async function checkName({ stores }: AdminContext, wanted: string): Promise<Denial | null> {
  return (await stores.clients.findByName(wanted)) && deny('name_taken', { pointer: '/name' });
}

async function planCreation(
  context: AdminContext,
  body: z.output<typeof newClient>,
): Promise<Plan | Denial> {
  const refusal =
    (await checkPolicy(context, body.policy_id)) ?? (await checkName(context, body.name));
  if (refusal) return refusal;
  const nowMs = context.clock.nowMs();
  const client: Client = {
    id: newObjectId('cl'),
    name: body.name,
    state: 'active',
    policyId: body.policy_id,
    networks: body.networks,
    owner: body.owner,
    externalId: body.external_id,
    metadata: body.metadata,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    version: 1,
  };
  return {
    target: `client ${client.id}`,
    changes: { ...body },
    effect: [`client ${client.name} comes to be; it can do nothing until it gets a key`],
    apply: async () => {
      await context.stores.clients.create(client);
      return { ...shown(client), location: `/v1/clients/${client.id}` };
    },
  };
}

async function planUpdate(
  context: AdminContext,
  before: Client,
  body: z.output<typeof clientPatch>,
): Promise<Plan | Denial> {
  if (body.policy_id !== undefined) {
    const refusal = await checkPolicy(context, body.policy_id);
    if (refusal) return refusal;
  }
  if (body.name !== undefined && body.name !== before.name) {
    const refusal = await checkName(context, body.name);
    if (refusal) return refusal;
  }
  const after = patched(before, {
    name: body.name,
    policyId: body.policy_id,
    owner: body.owner,
    networks: body.networks,
    externalId: body.external_id,
    metadata: body.metadata,
  });
  return save(context, before, after, [`client ${before.name} changes for its next request`]);
}

async function planState(
  context: AdminContext,
  before: Client,
  state: Client['state'],
  why?: string,
): Promise<Plan> {
  const keys = await everyRow((page) => context.stores.keys.list(before.id, page));
  const live = keys.filter(({ key }) => key.state === 'active').length;
  const effect =
    state === 'disabled'
      ? `client ${before.name} stops at once, with ${count(live, 'active key')}`
      : `client ${before.name} works again, with ${count(live, 'active key')}`;
  return {
    ...save(context, before, { ...before, state }, [effect]),
    ...(why !== undefined && { reason: why }),
  };
}

function save(
  context: AdminContext,
  before: Client,
  after: Client,
  effect: readonly string[],
): Plan {
  const client = { ...after, updatedAtMs: context.clock.nowMs(), version: before.version + 1 };
  return {
    target: `client ${before.id}`,
    changes: difference(toClientReply(before), toClientReply(after)),
    effect,
    apply: async () => {
      await context.stores.clients.update(client, before.version);
      context.changed();
      return shown(client);
    },
  };
}

/** In two steps: a client is disabled first, so that nobody removes what is at work. */
async function planRemoval(
  context: AdminContext,
  client: Client,
  why: string,
): Promise<Plan | Denial> {
  if (client.state !== 'disabled') {
    return deny('state_conflict', { hint: 'disable the client first' });
  }
  const { keys, clients } = context.stores;
  const { length } = await everyRow((page) => keys.list(client.id, page));
  return {
    target: `client ${client.id}`,
    changes: { name: client.name },
    effect: [
      `client ${client.name} is removed with ${count(length, 'key')}`,
      'what it made upstream stays there and belongs to nobody until it is adopted',
    ],
    reason: why,
    apply: async () => {
      await clients.remove(client.id, client.version);
      context.changed();
      return { body: null };
    },
  };
}
