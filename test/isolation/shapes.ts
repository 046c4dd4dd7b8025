import type { Json, Shape } from '../../packages/gateway/src/domain/shape.ts';
import { pictory } from '../../packages/gateway/src/providers/pictory/provider.ts';

type Path = readonly (string | number)[];

/** A place in a body, and the smallest valid body that has a value there. */
export interface Place {
  readonly pointer: string;
  readonly bodyWith: (value: Json) => Json;
}

/** The shape that a name stands for. */
export const resolve = (shape: Shape): Shape =>
  shape.ref ? resolve(pictory.shapes[shape.ref]!) : shape;

/** The smallest value that a shape takes: of an object the required members alone. */
export function smallest(shape: Shape): Json {
  const { anyOf, enum: choices, types, min, ...rest } = resolve(shape);
  if (anyOf) return smallest(anyOf.at(-1)!);
  if (choices) return choices[0]!;
  switch (types?.[0]) {
    case 'string':
      return smallestText(rest);
    case 'integer':
    case 'number':
      return Math.max(min ?? 1, 1);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: rest.itemsMin ?? 0 }, () => smallest(rest.items ?? {}));
    case 'object':
      return Object.fromEntries(
        (rest.required ?? []).map((name) => [name, smallest(rest.properties![name]!)]),
      );
    case 'null':
    case undefined:
      return null;
  }
}

function smallestText({ fetched, pattern, lengthMin }: Shape): string {
  if (fetched) return 'https://media.example.com/clip.mp4';
  if (pattern) return pattern.endsWith('%$') ? '50%' : '123456789012';
  return 'a'.repeat(Math.max(lengthMin ?? 1, 5));
}

/** Every member that a shape describes, at whatever depth; of an array its first item. A shape is entered once on a way. */
export function* describedPlaces(
  root: Shape,
  isWanted: (name: string, shape: Shape) => boolean,
): Generator<Place> {
  for (const path of walk(root, isWanted, [], new Set())) yield toPlace(root, path);
}

/** Members of this name where a shape leaves open what else an object may hold: at the root, and in each open object. */
export function* openPlaces(root: Shape, name: string): Generator<Place> {
  const isOpen = (shape: Shape): boolean => {
    const { types, properties, additional } = resolve(shape);
    return types?.[0] === 'object' && additional === undefined && !properties?.[name];
  };
  if (isOpen(root)) yield toPlace(root, [name]);
  for (const path of walk(root, (_, shape) => isOpen(shape) && !shape.inert, [], new Set()))
    yield toPlace(root, [...path, name]);
}

function* walk(
  shape: Shape,
  isWanted: (name: string, shape: Shape) => boolean,
  path: Path,
  entered: ReadonlySet<string>,
): Generator<Path> {
  if (shape.ref && entered.has(shape.ref)) return;
  const inside = shape.ref ? new Set([...entered, shape.ref]) : entered;
  const { items, properties = {}, anyOf = [] } = resolve(shape);
  for (const branch of anyOf) yield* walk(branch, isWanted, path, inside);
  if (items) {
    if (isWanted('', resolve(items))) yield [...path, 0];
    yield* walk(items, isWanted, [...path, 0], inside);
  }
  for (const [name, member] of Object.entries(properties)) {
    if (isWanted(name, resolve(member))) yield [...path, name];
    yield* walk(member, isWanted, [...path, name], inside);
  }
}

const toPlace = (root: Shape, path: Path): Place => ({
  pointer: `/${path.join('/')}`,
  bodyWith: (value) => put(root, smallest(root), path, value),
});

/** The value with what is missing on the way made as small as it may be. */
function put(shape: Shape, into: Json, [step, ...rest]: Path, value: Json): Json {
  if (step === undefined) return value;
  const { items, properties = {}, anyOf } = resolve(shape);
  if (anyOf) return put(branchFor(anyOf, step), into, [step, ...rest], value);
  const inner = (typeof step === 'number' ? items : properties[step]) ?? {};
  const copy = Array.isArray(into) ? [...into] : { ...(into as object) };
  const members = copy as Record<string | number, Json>;
  members[step] = put(inner, members[step] ?? smallest(inner), rest, value);
  return copy;
}

const branchFor = (branches: readonly Shape[], step: string | number): Shape =>
  branches.find((branch) => {
    const { items, properties } = resolve(branch);
    return typeof step === 'number' ? items : properties?.[step];
  })!;
