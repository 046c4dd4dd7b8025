import { z } from '@hono/zod-openapi';
import type { Resource } from '../domain/resource.ts';
import type { AdminContext } from './context.ts';
import { reads, type Endpoint } from './endpoint.ts';
import { pageOf, pageQuery, time, toPageRequest, toTime } from './wire.ts';

export const resourceReply = z
  .strictObject({
    kind: z.string(),
    id: z.string().meta({ description: "The upstream's own id" }),
    client_id: z.string(),
    request_id: z.string().nullable().meta({ description: 'null: adopted' }),
    operation_id: z.string().nullable(),
    state: z.string().nullable(),
    created_at: time,
    updated_at: time,
  })
  .openapi('Resource');

export const toResourceReply = (resource: Resource): z.output<typeof resourceReply> => ({
  kind: resource.kind,
  id: resource.id,
  client_id: resource.clientId,
  request_id: resource.requestId,
  operation_id: resource.operationId,
  state: resource.state,
  created_at: toTime(resource.createdAtMs),
  updated_at: toTime(resource.updatedAtMs),
});

/** The kinds that the provider's operations make or name. */
export function kindsOf({ provider }: Pick<AdminContext, 'provider'>): [string, ...string[]] {
  const kinds = provider.operations.flatMap(({ ids, creates, lists }) => [
    ...ids.map(({ kind }) => kind),
    ...creates.map(({ kind }) => kind),
    ...(lists?.owned ?? []).map(({ kind }) => kind),
  ]);
  return [...new Set(kinds)].toSorted() as [string, ...string[]];
}

export function resourceEndpoints(context: AdminContext): readonly Endpoint[] {
  const ofClient = pageQuery.extend({ client_id: z.string().max(64).optional() });
  const list = async (kind: string, query: z.output<typeof ofClient>) => {
    const { resources } = context.stores;
    const page = await resources.list(kind, query.client_id ?? null, toPageRequest(query));
    return { body: { items: page.rows.map(toResourceReply), next: page.next } };
  };
  const jobKind = context.provider.jobCall?.kind;
  return [
    ...(jobKind === undefined
      ? []
      : [
          reads({
            path: '/v1/jobs',
            summary: 'List jobs with their owners, newest first',
            permission: 'resources:read',
            reply: pageOf(resourceReply),
            query: ofClient,
            run: ({ query }) => list(jobKind, query),
          }),
        ]),
    reads({
      path: '/v1/resources',
      summary: 'List what clients own upstream, newest first',
      permission: 'resources:read',
      reply: pageOf(resourceReply),
      query: ofClient.extend({ kind: z.enum(kindsOf(context)) }),
      run: ({ query }) => list(query.kind, query),
    }),
  ];
}
