import { Hono } from 'hono';
import { deny } from '../domain/denial.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import type { AdminContext, Caller } from './context.ts';
import { describe } from './description.ts';
import { reads, type Endpoint } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import { livez, readyz } from './health.ts';
import { refuse } from './refuse.ts';
import type { AdminReceived } from './received.ts';
import { AdminRecord } from './record.ts';
import { serve } from './serve.ts';
import { host } from './source.ts';
import { Tails } from './tail.ts';
import { Turns } from './turns.ts';
import { z } from '@hono/zod-openapi';

/** The admin API as a function. It knows no sockets: the composition root puts it behind the admin listener. */
export interface AdminApp {
  /** Never rejects. */
  readonly fetch: (request: Request, caller: Caller) => Promise<Response>;
  /** Ends open streams. */
  readonly close: () => void;
}

interface Environment {
  readonly Bindings: Caller;
}

/** @param version of the gateway, for the API's description */
export function createAdmin(context: AdminContext, version: string): AdminApp {
  const tails = new Tails(context);
  const turns = new Turns();
  // A key can be revoked while the upstream keeps an adoption waiting.
  const turnsUpstream = new Turns();
  const app = new Hono<Environment>();
  app.get('/livez', () => livez());
  app.get('/readyz', () => readyz(context));
  for (const endpoint of inventory(context, tails, version)) {
    const answer = serve(endpoint, context, endpoint.asksUpstream ? turnsUpstream : turns);
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(endpoint.method.toUpperCase(), path, (c) =>
      answer(toReceived(c.req.raw, c.env, c.req.param('id') ?? '')),
    );
  }
  const stranger = unrouted(context);
  app.notFound((c) => stranger(toReceived(c.req.raw, c.env, '')));
  return {
    fetch: async (request, caller) => dress(await app.fetch(request, caller)),
    close: () => tails.close(),
  };
}

/** Every endpoint, and the one that describes them. */
export function inventory(
  context: AdminContext,
  tails: Tails,
  version: string,
): readonly Endpoint[] {
  const endpoints = endpointsOf(context, tails);
  let document: object | null = null;
  const description: Endpoint = reads({
    path: '/openapi.json',
    summary: 'Describe this API (OpenAPI 3.1)',
    permission: 'description:read',
    reply: z.record(z.string(), z.unknown()),
    run: () => ({ body: (document ??= describe([...endpoints, description], version)) }),
  });
  return [...endpoints, description];
}

const toReceived = (request: Request, caller: Caller, id: string): AdminReceived => ({
  request,
  url: new URL(request.url),
  id,
  caller,
});

/** What is in no inventory is refused and recorded like everything else. */
function unrouted(context: AdminContext) {
  const checks = Pipeline.start<AdminReceived>()
    .through(host(context.hosts))
    .through({
      name: 'route',
      check: () => deny('route_unknown'),
    });
  return async (received: AdminReceived): Promise<Response> => {
    const record = new AdminRecord('admin:route', received, context);
    const { denial } = await checks.run(received, record.trail);
    const refusal = denial ?? deny('route_unknown');
    return refuse(context, record, refusal);
  };
}

const headers: readonly (readonly [name: string, value: string])[] = [
  ['cache-control', 'no-store'],
  ['x-content-type-options', 'nosniff'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['strict-transport-security', 'max-age=31536000'],
];

function dress(response: Response): Response {
  for (const [name, value] of headers) response.headers.set(name, value);
  return response;
}
