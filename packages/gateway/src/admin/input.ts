import type { z } from '@hono/zod-openapi';
import { nearestName } from '../domain/nearest.ts';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import { parseJson } from '../guards/json/parse.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Endpoint } from './endpoint.ts';
import { toFindings, toPointer, type Finding } from './findings.ts';
import type { AdminReceived } from './received.ts';

export interface Understood {
  readonly query: unknown;
  readonly body: unknown;
  /** `?dry_run=true`: show what a change would do. */
  readonly dryRun: boolean;
}

const bodyBytesMax = 256 * 1_024;
const bodyLimits = { depthMax: 16, valuesMax: 10_000 };

/** Reads query and body; every member must be known and right. */
export function input(
  endpoint: Pick<Endpoint, 'query' | 'body' | 'act'>,
): Guard<Pick<AdminReceived, 'request' | 'url'>, Understood> {
  return {
    name: 'input',
    check: async ({ request, url }) => {
      const values = single(url.searchParams);
      if (values === null) return deny('parameter_invalid', { hint: 'send each parameter once' });
      const { dry_run: dryRun, ...rest } = values;
      const dry = readDryRun(dryRun, endpoint.act.kind === 'change');
      if (isDenial(dry)) return dry;
      const query = readQuery(rest, endpoint.query);
      if (isDenial(query)) return query;
      const body =
        endpoint.body === null ? { value: undefined } : await readBody(request, endpoint.body);
      return isDenial(body) ? body : { query: query.value, body: body.value, dryRun: dry.value };
    },
  };
}

type Parsed<Value = unknown> = { readonly value: Value } | Denial;

function single(parameters: URLSearchParams): Record<string, string> | null {
  const names = [...parameters.keys()];
  return new Set(names).size === names.length ? Object.fromEntries(parameters) : null;
}

function readDryRun(text: string | undefined, allowed: boolean): Parsed<boolean> {
  if (text === undefined) return { value: false };
  if (!allowed) return deny('parameter_unknown', { hint: 'dry_run belongs to changes' });
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  return deny('parameter_invalid', { pointer: 'query:dry_run', hint: 'allowed: true, false' });
}

function readQuery(values: Record<string, string>, schema: z.ZodObject | null): Parsed {
  const known = Object.keys(schema?.shape ?? {});
  const stranger = Object.keys(values).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const near = nearestName(stranger, known);
    const list = known.length === 0 ? 'this route has no parameters' : `known: ${known.join(', ')}`;
    return deny('parameter_unknown', { hint: near === null ? list : `did you mean "${near}"?` });
  }
  if (schema === null) return { value: {} };
  const result = schema.safeParse(values);
  if (result.success) return { value: result.data };
  const place = (path: readonly PropertyKey[]) => `query:${path.map(String).join('.')}`;
  return withFindings('parameter_invalid', toFindings(result.error.issues, values, place, schema));
}

async function readBody(request: Request, schema: z.ZodType): Promise<Parsed> {
  const bytes = await readBytes(request);
  if (bytes === null) return deny('body_too_large', { hint: `at most ${bodyBytesMax} bytes` });
  const parsed = parseJson(bytes, bodyLimits);
  if ('malformed' in parsed) return deny('body_malformed', { hint: parsed.malformed });
  const result = schema.safeParse(parsed.json);
  if (result.success) return { value: result.data };
  const findings = toFindings(result.error.issues, parsed.json, toPointer, schema);
  return withFindings(codeOf(result.error.issues[0]!, findings[0]!), findings);
}

async function readBytes(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function codeOf(issue: z.core.$ZodIssue, finding: Finding) {
  if (issue.code === 'unrecognized_keys') return 'field_unknown';
  return finding.message === 'is required' ? 'field_missing' : 'field_invalid';
}

/** The first finding stands where the edge's documents have it; all stand in `findings`. */
function withFindings(code: Denial['code'], findings: readonly Finding[]): Denial {
  const [first] = findings;
  return deny(code, {
    ...(first && { pointer: first.pointer, hint: first.message }),
    extensions: { findings: findings.map(({ pointer, message }) => ({ pointer, message })) },
    ...(first && { detail: { reason: `${first.pointer} ${first.message}` } }),
  });
}
