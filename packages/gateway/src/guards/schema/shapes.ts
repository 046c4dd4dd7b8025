import type { Shape } from '../../domain/shape.ts';

export type Shapes = Readonly<Record<string, Shape>>;

/** Follows `ref`. @throws TypeError for a name that the catalogue does not have */
export function resolveShape(shape: Shape, shapes: Shapes): Shape {
  let resolved = shape;
  while (resolved.ref !== undefined) {
    const named = Object.hasOwn(shapes, resolved.ref) ? shapes[resolved.ref] : undefined;
    if (!named) throw new TypeError(`there is no shape ${resolved.ref}`);
    resolved = named;
  }
  return resolved;
}
