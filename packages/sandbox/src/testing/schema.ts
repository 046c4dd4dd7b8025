import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Schemas of JSON replies by status; `null` where a reply has no body. */
  readonly replies: Readonly<Record<string, Schema | null>>;
}

export interface Description {
  readonly operations: readonly DocumentedOperation[];
  /** Every breach of a schema, as `path: what`. Only the keywords that the description uses are known. */
  readonly check: (value: unknown, schema: Schema) => readonly string[];
}

const places = [
  '../../../gateway/src/providers/pictory/openapi.yaml',
  '../../../../../shared/pictory/openapi.yaml',
];

/** The service's description, or nothing when no copy of it is at hand. */
export function loadDescription(): Description | undefined {
  const file = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(url));
  if (!file) return undefined;
  const document = parse(readFileSync(file, 'utf8'));
  return {
    operations: Object.entries<Record<string, never>>(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => documented(document, path, method, one)),
    ),
    check: (value, schema) => breaches(document, value, schema, '$'),
  };
}

interface RawOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, RawResponse>>;
}

interface RawResponse {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

function documented(
  document: object,
  path: string,
  method: string,
  one: RawOperation,
): DocumentedOperation {
  const replies = Object.entries(one.responses).map(([status, response]) => {
    const resolved = response.$ref ? (lookUp(document, response.$ref) as RawResponse) : response;
    return [status, resolved.content?.['application/json']?.schema ?? null] as const;
  });
  return {
    id: one.operationId,
    method: method.toUpperCase(),
    path,
    replies: Object.fromEntries(replies),
  };
}

function lookUp(document: object, reference: string): unknown {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document);
}

function breaches(document: object, value: unknown, schema: Schema, at: string): string[] {
  if (schema.$ref) return breaches(document, value, lookUp(document, schema.$ref) as Schema, at);
  const all = schema.allOf?.flatMap((part) => breaches(document, value, part, at)) ?? [];
  return [...all, ...ownBreaches(value, schema, at), ...partBreaches(document, value, schema, at)];
}

function ownBreaches(value: unknown, schema: Schema, at: string): string[] {
  const found: string[] = [];
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types && !types.some((type) => isOfType(value, type)))
    found.push(`${at}: is ${JSON.stringify(value)}, not ${types.join(' or ')}`);
  if ('const' in schema && value !== schema.const)
    found.push(`${at}: is not ${JSON.stringify(schema.const)}`);
  if (schema.enum && !schema.enum.includes(value))
    found.push(`${at}: ${JSON.stringify(value)} is not listed`);
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) found.push(`${at}: is below ${schema.minimum}`);
    if (value > (schema.maximum ?? Infinity)) found.push(`${at}: is above ${schema.maximum}`);
  }
  if (typeof value === 'string') {
    if (schema.pattern && !new RegExp(schema.pattern).test(value))
      found.push(`${at}: does not match ${schema.pattern}`);
    if (schema.format === 'uri' && !URL.canParse(value)) found.push(`${at}: is not an address`);
  }
  return found;
}

function partBreaches(document: object, value: unknown, schema: Schema, at: string): string[] {
  const found: string[] = [];
  const matches = (part: Schema) => breaches(document, value, part, at).length === 0;
  if (schema.anyOf && !schema.anyOf.some(matches)) found.push(`${at}: fits none of the choices`);
  if (Array.isArray(value)) {
    if (value.length > (schema.maxItems ?? Infinity)) found.push(`${at}: has too many items`);
    const { items } = schema;
    if (items)
      found.push(
        ...value.flatMap((item, index) => breaches(document, item, items, `${at}[${index}]`)),
      );
  } else if (typeof value === 'object' && value !== null) {
    const fields = new Map(Object.entries(value));
    for (const name of schema.required ?? [])
      if (!fields.has(name)) found.push(`${at}.${name}: is missing`);
    for (const [name, part] of Object.entries(schema.properties ?? {}))
      if (fields.has(name))
        found.push(...breaches(document, fields.get(name), part, `${at}.${name}`));
  }
  return found;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
