import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Endpoint } from './endpoint.ts';

type Registry = OpenAPIHono['openAPIRegistry'];
type PathConfig = Parameters<Registry['registerPath']>[0];

const problem = z
  .looseObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'A row of docs/reference/denials.md' }),
    request_id: z.string(),
    retryable: z.boolean(),
    fault: z.enum(['caller', 'gateway', 'upstream', 'policy']),
    pointer: z.string().optional(),
    hint: z.string().optional(),
    findings: z
      .array(z.strictObject({ pointer: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'All that is wrong with the input' }),
  })
  .openapi('Problem');

const dryRun = z
  .strictObject({
    dry_run: z.literal(true),
    target: z.string(),
    effect: z.array(z.string()),
    changes: z.record(z.string(), z.unknown()),
  })
  .openapi('DryRun');

const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const refusal = {
  description: 'Refused',
  content: { 'application/problem+json': { schema: problem } },
};

/** The API's description (OpenAPI 3.1), made from the same schemas that check the requests. */
export function describe(endpoints: readonly Endpoint[], version: string): object {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent('securitySchemes', 'admin', {
    type: 'http',
    scheme: 'bearer',
    description: 'An admin token: fga_…',
  });
  for (const endpoint of endpoints) app.openAPIRegistry.registerPath(toPath(endpoint));
  for (const probe of probes) app.openAPIRegistry.registerPath(probe);
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Filmgate admin API',
      version,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
  });
}

function toPath(endpoint: Endpoint): PathConfig {
  const { method, path, summary, permission } = endpoint;
  return {
    method,
    path,
    summary,
    operationId: operationId(endpoint),
    tags: [path.split('/')[2]!],
    ...(permission === null ? {} : { security: [{ admin: [] }], 'x-permission': permission }),
    request: toRequest(endpoint),
    responses: { ...toSuccess(endpoint), default: refusal },
  };
}

/** `get /v1/clients/{id}` is `getClientsId`: unique, and the same whenever it is made. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== '' && word !== 'v');
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

function toRequest({ path, query, body, find, act }: Endpoint): NonNullable<PathConfig['request']> {
  const isChange = act.kind === 'change';
  const dry = isChange ? { dry_run: z.enum(['true', 'false']).optional() } : {};
  const parameters = z.strictObject({ ...query?.shape, ...dry });
  return {
    ...(path.includes('{id}') && { params: z.strictObject({ id: z.string() }) }),
    ...(Object.keys(parameters.shape).length > 0 && { query: parameters }),
    ...(isChange && find && { headers: z.strictObject({ 'if-match': z.string() }) }),
    ...(body && { body: { required: true, ...json(body) } }),
  };
}

function toSuccess({ status, reply, act, find }: Endpoint): PathConfig['responses'] {
  const etag = find && status !== 204 ? { headers: z.strictObject({ etag: z.string() }) } : {};
  const dry = act.kind === 'change';
  if (status === 204 || status === 201) {
    return {
      [status]: { description: status === 201 ? 'Created' : 'Done', ...(reply && json(reply)) },
      200: { description: 'Of a dry run', ...json(dryRun) },
    };
  }
  if (reply === null) {
    const lines = { 'application/x-ndjson': { schema: z.string() } };
    return { 200: { description: 'One JSON object a line', content: lines } };
  }
  return {
    200: { description: 'Done', ...etag, ...json(dry ? z.union([reply, dryRun]) : reply) },
  };
}

const readiness = z.strictObject({
  status: z.enum(['ready', 'not ready']),
  capabilities: z.record(z.string(), z.enum(['ok', 'degraded', 'down'])),
});

const probes: readonly PathConfig[] = [
  {
    method: 'get',
    path: '/livez',
    summary: 'Tell that the process answers',
    operationId: 'getLivez',
    tags: ['health'],
    responses: {
      200: { description: 'Alive', ...json(z.strictObject({ status: z.literal('alive') })) },
    },
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'Tell whether requests can be served now',
    operationId: 'getReadyz',
    tags: ['health'],
    responses: {
      200: { description: 'Ready', ...json(readiness) },
      503: { description: 'Not ready', ...json(readiness) },
    },
  },
];
