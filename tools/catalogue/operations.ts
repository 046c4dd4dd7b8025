import type {
  CostClass,
  IdReference,
  Method,
  Operation,
  Parameter,
} from '../../packages/gateway/src/domain/operation.ts';
import * as overlay from '../../packages/gateway/src/providers/pictory/overlay.ts';
import {
  type ApiDocument,
  type Node,
  onlyKnown,
  referenceName,
  Untranslatable,
} from './document.ts';
import { toShape } from './shapes.ts';

const methods: Readonly<Record<string, Method>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  delete: 'DELETE',
  patch: 'PATCH',
};

const costs: readonly string[] = [
  'free-read',
  'free-write',
  'preview',
  'video-minutes',
  'transcription-minutes',
  'ai-credits',
  'unknown',
] satisfies CostClass[];

const known = new Set([
  'operationId',
  'tags',
  'summary',
  'description',
  'parameters',
  'requestBody',
  'responses',
  'security',
  'x-scope',
  'x-cost',
  'x-async',
  'x-confidence',
  'x-flags',
  'x-source',
]);

const flags = new Set(['destructive', 'account-wide', 'secret-bearing']);

/** Request headers of the description; the gateway sets them itself and never passes the caller's. */
const ownHeaders = new Set(['X-Pictory-User-Id']);

/** All operations, in the order of the description. @throws Untranslatable */
export function toOperations(document: ApiDocument): readonly Operation[] {
  const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, node]) => toOperation(document, path, method, node)),
  );
  refuseUnused(operations);
  return operations;
}

function toOperation(document: ApiDocument, path: string, method: string, node: Node): Operation {
  const where = `${method} ${path}`;
  onlyKnown(node, known, where);
  const id = text(node, 'operationId', where);
  const cost = text(node, 'x-cost', where);
  if (!methods[method]) throw new Untranslatable(where, 'the method is not known');
  if (!costs.includes(cost)) throw new Untranslatable(where, `the cost ${cost} is not known`);
  const marks = flagsOf(node, where);
  const parameters = parametersOf(document, node, where);
  const body = bodyOf(node, where);
  return {
    id,
    method: methods[method],
    path,
    summary: text(node, 'summary', where),
    scope: text(node, 'x-scope', where),
    cost: cost as CostClass,
    destructive: marks.has('destructive'),
    accountWide: marks.has('account-wide'),
    anyCase: overlay.anyCase.includes(id),
    pathParameters: parameters.path,
    query: parameters.query,
    body,
    ids: pathIds(path, parameters.path, where),
    creates: [
      ...(typeof node['x-async'] === 'object' ? [overlay.jobCreation] : []),
      ...(overlay.creations[id] ?? []),
    ],
    deletes: overlay.deletions[id] ?? null,
    lists: overlay.listings[id] ?? null,
  };
}

function text(node: Node, member: string, where: string): string {
  const value = node[member];
  if (typeof value !== 'string') throw new Untranslatable(where, `${member} is missing`);
  return value;
}

function flagsOf(node: Node, where: string): ReadonlySet<string> {
  const marks = new Set((node['x-flags'] ?? []) as string[]);
  for (const mark of marks) {
    if (!flags.has(mark)) throw new Untranslatable(where, `the flag ${mark} is not known`);
  }
  return marks;
}

function parametersOf(document: ApiDocument, node: Node, where: string) {
  const path: Parameter[] = [];
  const query: Parameter[] = [];
  for (const written of (node['parameters'] ?? []) as Node[]) {
    const parameter = resolve(document, written, where);
    onlyKnown(
      parameter,
      new Set(['name', 'in', 'required', 'schema', 'description', 'x-inferred']),
      where,
    );
    const name = text(parameter, 'name', where);
    const required = parameter['required'] === true;
    const shape = toShape(parameter['schema'] as Node, name, `${where} ${name}`);
    const place = parameter['in'];
    if (place === 'path') path.push({ name, required: true, shape: overlay.pathShape });
    else if (place === 'query') query.push({ name, required, shape });
    else if (place !== 'header' || !ownHeaders.has(name)) {
      throw new Untranslatable(where, `the parameter ${name} stands in an unknown place`);
    }
  }
  return { path, query };
}

function resolve(document: ApiDocument, node: Node, where: string): Node {
  if (node['$ref'] === undefined) return node;
  const name = referenceName(node['$ref'], 'parameters', where);
  const parameter = document.parameters[name];
  if (!parameter) throw new Untranslatable(where, `there is no parameter ${name}`);
  return parameter;
}

function bodyOf(node: Node, where: string): Operation['body'] {
  const body = node['requestBody'] as Node | undefined;
  if (body === undefined) return null;
  onlyKnown(body, new Set(['required', 'content']), where);
  const [content, ...others] = Object.entries(body['content'] as Readonly<Record<string, Node>>);
  if (!content || others.length > 0) throw new Untranslatable(where, 'a body has one media type');
  const [mediaType, { schema }] = content;
  const opaque = mediaType === 'application/octet-stream';
  return {
    mediaType,
    required: body['required'] === true,
    shape: opaque ? null : toShape(schema as Node, '', `${where} body`),
  };
}

function pathIds(
  path: string,
  parameters: readonly Parameter[],
  where: string,
): readonly IdReference[] {
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!);
  if (inPath.join() !== parameters.map(({ name }) => name).join()) {
    throw new Untranslatable(where, 'path and path parameters differ');
  }
  return inPath.map((at) => {
    const kind = overlay.pathKinds.find(([prefix]) => path.startsWith(prefix))?.[1];
    if (!kind) throw new Untranslatable(where, `the overlay does not say what ${at} names`);
    return { kind, in: 'path', at, required: true };
  });
}

/** An overlay that speaks of an operation that is not there is out of date. */
function refuseUnused(operations: readonly Operation[]): void {
  const ids = new Set(operations.map(({ id }) => id));
  const named = [
    ...Object.keys(overlay.creations),
    ...Object.keys(overlay.deletions),
    ...Object.keys(overlay.listings),
    ...overlay.anyCase,
  ];
  for (const id of named) {
    if (!ids.has(id))
      throw new Untranslatable(id, 'the overlay names an operation that is not there');
  }
}
