import type { Shape } from '../../domain/shape.ts';
import { resolveShape, type Shapes } from './shapes.ts';

/**
 * Members that need a capability wherever the description names them, by name in lower case. Where the form is open the
 * upstream may understand them too, so they need it there as well. Members that hold an address are left out: any text
 * may be one, and is looked at for what it is.
 */
export function sensitiveMembers(shapes: Shapes): ReadonlyMap<string, Shape> {
  const members = new Map<string, Shape>();
  for (const shape of Object.values(shapes)) collect(shape, shapes, members);
  return members;
}

function collect(shape: Shape, shapes: Shapes, members: Map<string, Shape>): void {
  for (const [name, inner] of Object.entries(shape.properties ?? {})) {
    if (needsCapability(inner, shapes)) members.set(name.toLowerCase(), inner);
    collect(inner, shapes, members);
  }
  if (shape.items) collect(shape.items, shapes, members);
}

/** Whether the value itself may need one: not its members, which are met on their own. */
function needsCapability(written: Shape, shapes: Shapes): boolean {
  const shape = resolveShape(written, shapes);
  if (shape.fetched) return false;
  if (shape.capability !== undefined) return true;
  const inner = [...(shape.anyOf ?? []), ...(shape.items ? [shape.items] : [])];
  return inner.some((one) => needsCapability(one, shapes));
}
