import { z } from '@hono/zod-openapi';
import type { Client } from '../domain/client.ts';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { KeyRecord, KeyState } from '../domain/key.ts';
import type { KeyUse } from '../ports/stores.ts';
import type { AdminContext } from './context.ts';
import { changes, reads, type Endpoint, type Found, type Plan } from './endpoint.ts';
import { toExpiry } from './expiry.ts';
import { issuedReply, keyReply, newKey, rotation, toKeyReply } from './keyForms.ts';
import { pageOf, pageQuery, reason, toPageRequest, toTime } from './wire.ts';

export function keyEndpoints(context: AdminContext): readonly Endpoint[] {
  const { keys } = context.stores;
  const find = async (id: string): Promise<Found<KeyRecord> | null> => {
    const record = await keys.find(id);
    return record && { value: record, version: record.key.version };
  };
  const one = '/v1/keys/{id}';
  const stateChange = (verb: 'disable' | 'enable' | 'revoke', summary: string, to: KeyState) =>
    changes({
      method: 'post',
      path: `${one}/${verb}`,
      summary,
      permission: `keys:${verb}`,
      reply: keyReply,
      body:
        verb === 'enable'
          ? z.strictObject({ reason: reason.optional() })
          : z.strictObject({ reason }),
      find,
      plan: ({ body }, { value }) => planState(context, value, to, body.reason ?? null),
    });
  return [
    reads({
      path: '/v1/keys',
      summary: 'List keys, of all clients or of one',
      permission: 'keys:read',
      reply: pageOf(keyReply),
      query: pageQuery.extend({ client_id: z.string().max(64).optional() }),
      run: async ({ query }) => {
        const page = await keys.list(query.client_id ?? null, toPageRequest(query));
        return { body: { items: await describeAll(context, page.rows), next: page.next } };
      },
    }),
    changes({
      method: 'post',
      path: '/v1/keys',
      summary: 'Create a key; its text is in this answer and nowhere else',
      permission: 'keys:create',
      status: 201,
      reply: issuedReply,
      body: newKey,
      plan: ({ body }) => planCreation(context, body),
    }),
    reads({
      path: one,
      summary: 'Show a key, never its text',
      permission: 'keys:read',
      reply: keyReply,
      find,
      run: (_, { value }) => show(context, value),
    }),
    changes({
      method: 'post',
      path: `${one}/rotate`,
      summary: 'Give a key a fresh secret; the old one works until the overlap ends',
      permission: 'keys:rotate',
      reply: issuedReply,
      body: rotation,
      find,
      plan: ({ body }, { value }) => planRotation(context, value, body),
    }),
    stateChange('disable', 'Disable a key: it stops working at once', 'disabled'),
    stateChange('enable', 'Enable a disabled key', 'active'),
    stateChange('revoke', 'Revoke a key for good', 'revoked'),
  ];
}

async function describeAll(context: AdminContext, records: readonly KeyRecord[]) {
  const uses = await context.stores.keys.lastUses(records.map(({ key }) => key.id));
  const byKey = new Map<string, KeyUse>();
  for (const use of uses) {
    const seen = byKey.get(use.keyId);
    if (!seen || seen.atMs < use.atMs) byKey.set(use.keyId, use);
  }
  return records.map((record) =>
    toKeyReply(record, byKey.get(record.key.id), context.clock.nowMs()),
  );
}

async function show(context: AdminContext, record: KeyRecord) {
  const [body] = await describeAll(context, [record]);
  return { body: body!, version: record.key.version };
}

/** Reads the record anew, so that the answer shows what stands in the store. */
async function showStored(context: AdminContext, id: string) {
  const record = await context.stores.keys.find(id);
  if (!record) throw new Error('a key that was just written is not there');
  return show(context, record);
}

async function planCreation(
  context: AdminContext,
  body: z.output<typeof newKey>,
): Promise<Plan | Denial> {
  const client = await context.stores.clients.find(body.client_id);
  if (!client) {
    return deny('field_invalid', {
      pointer: '/client_id',
      hint: 'there is no client with this id',
    });
  }
  const nowMs = context.clock.nowMs();
  const expiresAtMs = toExpiry(body.expires_at, nowMs, context.defaults.keyLifetimeMs);
  if (isDenial(expiresAtMs)) return expiresAtMs;
  const refusal = await checkScopes(context, client, body.scopes);
  if (refusal) return refusal;
  const request = {
    clientId: client.id,
    name: body.name,
    environment: body.environment ?? context.defaults.environment,
    scopes: body.scopes,
    networks: body.networks,
    expiresAtMs,
  };
  return {
    target: `client ${client.id}`,
    changes: {
      ...body,
      environment: request.environment,
      expires_at: toTime(expiresAtMs),
    },
    effect: [`client ${client.name} gets a key that works until ${toTime(expiresAtMs)}`],
    apply: async () => {
      const { key, text } = await context.credentials.issue(request);
      const { body: shown } = await showStored(context, key.id);
      return {
        body: { key: shown, text },
        version: key.version,
        location: `/v1/keys/${key.id}`,
      };
    },
  };
}

/** A key narrows its client's policy and never widens it. */
async function checkScopes(
  { stores, provider }: AdminContext,
  client: Client,
  scopes: readonly string[] | null,
): Promise<Denial | null> {
  if (scopes === null) return null;
  const policy = await stores.policies.find(client.policyId);
  const granted = policy?.scopes ?? [];
  const excess = scopes.find((scope) => !granted.includes(scope));
  if (excess === undefined) return null;
  const known = Object.hasOwn(provider.scopes, excess);
  return deny(known ? 'grant_exceeded' : 'field_invalid', {
    pointer: `/scopes/${scopes.indexOf(excess)}`,
    hint: known
      ? `the client's policy does not grant ${excess}`
      : `unknown scope; the client's policy grants: ${granted.join(', ') || 'none'}`,
    detail: {
      reason: `the policy of client ${client.name} lacks a scope that the key shall have`,
      source: `policy ${policy?.name ?? client.policyId}`,
      remedy: known
        ? `filmgate policy update ${policy?.name} --add-scope ${excess}`
        : 'use a known scope',
    },
  });
}

async function planRotation(
  context: AdminContext,
  record: KeyRecord,
  body: z.output<typeof rotation>,
): Promise<Plan | Denial> {
  const { key } = record;
  if (key.state === 'revoked') return deny('state_conflict', { hint: 'the key is revoked' });
  const nowMs = context.clock.nowMs();
  const expiresAtMs = toExpiry(body.expires_at, nowMs, context.defaults.keyLifetimeMs);
  if (isDenial(expiresAtMs)) return expiresAtMs;
  const overlapMs =
    body.overlap_seconds === undefined ? context.defaults.overlapMs : body.overlap_seconds * 1000;
  const until =
    overlapMs === 0 ? 'stop working at once' : `work until ${toTime(nowMs + overlapMs)}`;
  return {
    target: `key ${key.id}`,
    changes: { overlap_seconds: overlapMs / 1000, expires_at: toTime(expiresAtMs) },
    effect: [`key ${key.id} gets a fresh secret`, `its older secrets ${until}`],
    apply: async () => {
      const issued = await context.credentials.rotate(key.id, key.version, {
        overlapMs,
        expiresAtMs,
      });
      const { body: shown } = await showStored(context, key.id);
      return { body: { key: shown, text: issued.text }, version: issued.key.version };
    },
  };
}

const stateWords: Readonly<Record<KeyState, string>> = {
  active: 'works again',
  disabled: 'stops working at once and can be enabled again',
  revoked: 'stops working at once and for good',
};

async function planState(
  context: AdminContext,
  record: KeyRecord,
  state: KeyState,
  why: string | null,
): Promise<Plan | Denial> {
  const { key } = record;
  if (key.state === 'revoked')
    return deny('state_conflict', { hint: 'a revoked key stays revoked' });
  const client = await context.stores.clients.find(key.clientId);
  const { body } = await show(context, record);
  return {
    target: `key ${key.id}`,
    changes: { state: { from: key.state, to: state } },
    effect: [
      `key ${key.id} of client ${client?.name ?? key.clientId} ${stateWords[state]}`,
      body.last_used
        ? `last used ${body.last_used.at} from ${body.last_used.ip}`
        : 'it was never used',
    ],
    ...(why !== null && { reason: why }),
    apply: async () => {
      const changed = await context.credentials.setState(key.id, key.version, state, why);
      return showStored(context, changed.id);
    },
  };
}
