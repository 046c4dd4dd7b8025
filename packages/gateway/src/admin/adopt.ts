import { z } from '@hono/zod-openapi';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Resource } from '../domain/resource.ts';
import { StoreConflict } from '../ports/stores.ts';
import type { AdminContext } from './context.ts';
import { discover } from './discover.ts';
import { changes, type Endpoint, type Plan, type Reply } from './endpoint.ts';
import { kindsOf, resourceReply, toResourceReply } from './resources.ts';

const idsMax = 1_000;

/** Takes in what existed upstream before the gateway: without an owner it exists for nobody. */
export function adoptEndpoints(context: AdminContext): readonly Endpoint[] {
  const body = z
    .strictObject({
      client_id: z.string().max(64),
      kind: z.enum(kindsOf(context)),
      ids: z
        .array(z.string().min(1).max(256))
        .min(1)
        .max(idsMax)
        .optional()
        .meta({ description: 'Absent: all that the account has and nobody owns' }),
    })
    .openapi('Adoption');
  return [
    changes({
      method: 'post',
      path: '/v1/resources/adopt',
      summary: 'Give a client what existed upstream before the gateway',
      permission: 'resources:adopt',
      asksUpstream: true,
      reply: z.strictObject({ adopted: z.array(resourceReply) }).openapi('Adopted'),
      body,
      plan: (input) => planAdoption(context, input.body),
    }),
  ];
}

interface Adoption {
  readonly client_id: string;
  readonly kind: string;
  readonly ids?: readonly string[] | undefined;
}

async function planAdoption(context: AdminContext, adoption: Adoption): Promise<Plan | Denial> {
  const { kind } = adoption;
  const client = await context.stores.clients.find(adoption.client_id);
  if (!client) {
    return deny('field_invalid', {
      pointer: '/client_id',
      hint: 'there is no client with this id',
    });
  }
  const ids = adoption.ids ?? (await discover(context, kind));
  if (isDenial(ids)) return ids;
  const free = await adoptable(context, adoption, ids);
  if (isDenial(free)) return free;
  const nowMs = context.clock.nowMs();
  const adopted = free.map((id): Resource => ({
    kind,
    id,
    clientId: client.id,
    requestId: null,
    operationId: null,
    state: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }));
  return {
    target: `client ${client.id}`,
    changes: { kind, ids: free },
    effect: [`client ${client.name} gets ${free.length} of kind ${kind}`],
    apply: () => adopt(context, adopted),
  };
}

/** What got an owner since it was looked at stays that client's: the edge goes on recording meanwhile. */
async function adopt(
  { stores: { resources, clients } }: AdminContext,
  adopted: readonly Resource[],
): Promise<Reply | Denial> {
  for (const { kind, id } of adopted) {
    const present = await resources.find(kind, id);
    if (present && !(await clients.find(present.clientId))) await resources.remove(kind, id);
  }
  try {
    await resources.record(adopted);
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    return deny('object_in_use', { hint: 'one of them got an owner meanwhile; try again' });
  }
  return { body: { adopted: adopted.map(toResourceReply) } };
}

/**
 * Ids that nobody owns, or only a client that was removed. What a client owns is never moved: where the ids are named
 * that is refused, where they were discovered they are left out.
 */
async function adoptable(
  { stores }: AdminContext,
  { kind, client_id: clientId, ids: named }: Adoption,
  ids: readonly string[],
): Promise<readonly string[] | Denial> {
  const free: string[] = [];
  for (const id of new Set(ids)) {
    const resource = await stores.resources.find(kind, id);
    if (resource?.clientId === clientId) continue;
    const owner = resource && (await stores.clients.find(resource.clientId));
    if (!owner) free.push(id);
    else if (named) {
      return deny('object_in_use', {
        pointer: `/ids/${named.indexOf(id)}`,
        hint: `it belongs to the client ${owner.name}`,
      });
    }
  }
  return free;
}
