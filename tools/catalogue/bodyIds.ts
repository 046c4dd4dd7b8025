import type { Operation } from '../../packages/gateway/src/domain/operation.ts';
import type { Shape } from '../../packages/gateway/src/domain/shape.ts';
import { bodyIds } from '../../packages/gateway/src/providers/pictory/overlay.ts';

type Shapes = Readonly<Record<string, Shape>>;

/** Adds the ids that may stand in the body: where a member of that name is described, or the form is open. */
export function withBodyIds(operation: Operation, shapes: Shapes): Operation {
  const shape = operation.body?.shape;
  if (!shape) return operation;
  const members = membersOf(shape, shapes, new Set());
  const ids = bodyIds
    .filter(({ at }) => members === 'any' || members.has(at))
    .map(({ kind, at, required }) => ({ kind, in: 'body' as const, at, required }));
  return { ...operation, ids: [...operation.ids, ...ids] };
}

/** The names that members may have at any depth; `any` where some object is open. */
function membersOf(shape: Shape, shapes: Shapes, seen: Set<Shape>): ReadonlySet<string> | 'any' {
  if (seen.has(shape)) return new Set();
  seen.add(shape);
  if (isOpen(shape)) return 'any';
  const names = new Set(Object.keys(shape.properties ?? {}));
  for (const inner of innerShapes(shape, shapes)) {
    const found = membersOf(inner, shapes, seen);
    if (found === 'any') return 'any';
    for (const name of found) names.add(name);
  }
  return names;
}

function isOpen(shape: Shape): boolean {
  if (shape.ref !== undefined || shape.anyOf !== undefined || shape.enum !== undefined)
    return false;
  const mayBeObject = shape.types === undefined || shape.types.includes('object');
  const mayHoldAny = shape.types?.includes('array') === true && shape.items === undefined;
  return mayHoldAny || (mayBeObject && shape.additional === undefined);
}

function innerShapes(shape: Shape, shapes: Shapes): readonly Shape[] {
  return [
    ...(shape.ref === undefined ? [] : [shapes[shape.ref]!]),
    ...Object.values(shape.properties ?? {}),
    ...(shape.items ? [shape.items] : []),
    ...(shape.additional ? [shape.additional] : []),
    ...(shape.anyOf ?? []),
  ];
}
