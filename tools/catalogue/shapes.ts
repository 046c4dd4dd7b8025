import type { JsonType, Shape } from '../../packages/gateway/src/domain/shape.ts';
import {
  fetchCapability,
  memberShapes,
} from '../../packages/gateway/src/providers/pictory/overlay.ts';
import {
  type ApiDocument,
  type Node,
  onlyKnown,
  referenceName,
  Untranslatable,
} from './document.ts';

/** Say nothing about which values are right. `format` is checked below: it only goes with what it repeats. */
const annotations = [
  'description',
  'default',
  'examples',
  'format',
  'x-inferred',
  'x-inferred-limit',
  'x-inferred-required',
  'x-credits',
  'x-credits-per-second',
];

/** Keyword of the description to member of {@link Shape}, taken over unchanged. */
const copied = {
  enum: 'enum',
  minLength: 'lengthMin',
  maxLength: 'lengthMax',
  minimum: 'min',
  maximum: 'max',
  minItems: 'itemsMin',
  maxItems: 'itemsMax',
  required: 'required',
  'x-capability': 'capability',
  'x-secret': 'secret',
} as const;

const known = new Set([
  ...annotations,
  ...Object.keys(copied),
  'type',
  'const',
  'pattern',
  'properties',
  'additionalProperties',
  'items',
  '$ref',
  'x-ssrf',
]);

type Draft = { -readonly [Member in keyof Shape]: Shape[Member] };

/**
 * The positive model of a schema: an object whose members are known takes no other, unless the description says
 * `additionalProperties: true`.
 *
 * @param member name of the member or parameter that holds the value
 * @throws Untranslatable
 */
export function toShape(schema: Node, member: string, where: string): Shape {
  onlyKnown(schema, known, where);
  if (schema['$ref'] !== undefined) return toReference(schema, where);
  const shape: Draft = {};
  if (schema['type'] !== undefined) shape.types = [schema['type']].flat() as JsonType[];
  if (schema['const'] !== undefined) shape.enum = [schema['const'] as string];
  for (const [keyword, name] of Object.entries(copied)) {
    if (schema[keyword] !== undefined) Object.assign(shape, { [name]: schema[keyword] });
  }
  if (schema['pattern'] !== undefined) shape.pattern = toPattern(schema['pattern'], where);
  if (schema['items'] !== undefined)
    shape.items = toShape(schema['items'] as Node, member, `${where}/items`);
  addProperties(shape, schema, where);
  addAddress(shape, schema, member, where);
  return shape;
}

/** The named shapes that the given ones reach, in the order of their names. */
export function namedShapes(
  document: ApiDocument,
  roots: readonly Shape[],
): Readonly<Record<string, Shape>> {
  const found = new Map<string, Shape>();
  const visit = (shape: Shape): void => {
    for (const name of referencesIn(shape)) {
      if (found.has(name)) continue;
      const schema = document.schemas[name];
      if (schema === undefined) throw new Untranslatable(name, 'there is no such schema');
      const named = withMembers(toShape(schema, '', name), memberShapes[name], name);
      found.set(name, named);
      visit(named);
    }
  };
  for (const root of roots) visit(root);
  refuseUnused(found);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function toReference(schema: Node, where: string): Shape {
  onlyKnown(schema, new Set(['$ref', 'description', 'x-inferred']), where);
  return { ref: referenceName(schema['$ref'], 'schemas', where) };
}

/** Without `*`, `+` and open counts a match takes at most as many steps as the pattern is long, for each start. */
function toPattern(pattern: unknown, where: string): string {
  if (
    typeof pattern !== 'string' ||
    !/^\^(?:[^*+\\]|\\[dw])*\$$/.test(pattern) ||
    /,\}/.test(pattern)
  ) {
    throw new Untranslatable(
      where,
      'a pattern must be anchored at both ends and without open repetition',
    );
  }
  return new RegExp(pattern, 'u').source;
}

function addProperties(shape: Draft, schema: Node, where: string): void {
  const properties = schema['properties'] as Readonly<Record<string, Node>> | undefined;
  const additional = schema['additionalProperties'];
  if (additional !== undefined && additional !== true) {
    throw new Untranslatable(where, 'additionalProperties may only be true');
  }
  if (properties === undefined) return;
  shape.properties = Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [
      name,
      toShape(inner, name, `${where}/${name}`),
    ]),
  );
  if (additional !== true) shape.additional = false;
}

function addAddress(shape: Draft, schema: Node, member: string, where: string): void {
  if (schema['x-ssrf'] === undefined) {
    if (schema['format'] === undefined) return markUnsaid(shape, member);
    throw new Untranslatable(where, 'format is known only for addresses that are fetched');
  }
  if (schema['format'] !== 'uri') throw new Untranslatable(where, 'x-ssrf needs format: uri');
  shape.fetched = 'always';
  shape.capability = fetchCapability(member);
}

/** A text that is called an address is one where it reads like one, though the description does not mark it. */
function markUnsaid(shape: Draft, member: string): void {
  if (shape.types?.includes('string') && /ur[li]$/i.test(member)) shape.fetched = 'perhaps';
}

function withMembers(
  shape: Shape,
  members: Readonly<Record<string, Shape>> | undefined,
  where: string,
): Shape {
  for (const name of Object.keys(members ?? {})) {
    if (!shape.properties?.[name]) throw new Untranslatable(where, `there is no member ${name}`);
  }
  return members ? { ...shape, properties: { ...shape.properties, ...members } } : shape;
}

function refuseUnused(found: ReadonlyMap<string, Shape>): void {
  for (const name of Object.keys(memberShapes)) {
    if (!found.has(name))
      throw new Untranslatable(name, 'the overlay names a schema that no request uses');
  }
}

function referencesIn(shape: Shape): readonly string[] {
  const inner = [
    ...Object.values(shape.properties ?? {}),
    ...(shape.items ? [shape.items] : []),
    ...(shape.additional ? [shape.additional] : []),
    ...(shape.anyOf ?? []),
  ];
  return [...(shape.ref ? [shape.ref] : []), ...inner.flatMap(referencesIn)];
}
