import type { Json, Shape } from '../../domain/shape.ts';
import { fits, isObject, type JsonObject } from './fits.ts';
import { inspect, type InspectionRules } from './inspect.ts';
import { resolveShape } from './shapes.ts';

/**
 * Names of the values, as WAF arguments (`json.scenes.0.minimumDuration`), whose shape leaves them no room for text of
 * the caller's own: numbers, true and false, null, one of given choices, or a form of fixed length over harmless
 * characters such as a UUID or a date.
 *
 * Two values can have the same name, since a member's own name may hold dots: such a name is proven only when both are.
 */
export function provenValues(
  rules: InspectionRules,
  shape: Shape,
  value: Json,
): ReadonlySet<string> {
  const walk = new Walk(rules);
  walk.visit(shape, value, 'json');
  return walk.proven.difference(walk.unproven);
}

class Walk {
  readonly proven = new Set<string>();
  readonly unproven = new Set<string>();
  readonly #rules: InspectionRules;

  constructor(rules: InspectionRules) {
    this.#rules = rules;
  }

  visit(written: Shape | undefined, value: Json, name: string): void {
    const shape = written && this.#decide(written, value);
    if (Array.isArray(value)) {
      for (const [index, item] of (value as readonly Json[]).entries()) {
        this.visit(shape?.items, item, `${name}.${index}`);
      }
    } else if (isObject(value)) this.#visitMembers(shape, value, name);
    else (shape && isProof(shape, value) ? this.proven : this.unproven).add(name);
  }

  #visitMembers(shape: Shape | undefined, value: JsonObject, name: string): void {
    const properties = shape?.properties ?? {};
    for (const member of Object.keys(value)) {
      const inner = Object.hasOwn(properties, member) ? properties[member] : shape?.additional;
      this.visit(inner || undefined, value[member]!, `${name}.${member}`);
    }
  }

  /** The branch that the value fits, as the inspection chooses it. */
  #decide(written: Shape, value: Json): Shape | undefined {
    const shape = resolveShape(written, this.#rules.shapes);
    const branch = shape.anyOf?.find(
      (one) => inspect(this.#rules, one, value, new Map()).violation === null,
    );
    return shape.anyOf ? branch && this.#decide(branch, value) : shape;
  }
}

/** Whether fitting the shape leaves no room for free text in the value. */
export function isProof(shape: Shape, value: Json): boolean {
  if (shape.types === undefined && shape.enum === undefined) return false;
  if (!fits(shape, value)) return false;
  if (typeof value !== 'string') return true;
  return shape.enum !== undefined || (shape.pattern !== undefined && isHarmless(shape.pattern));
}

/**
 * Whether a pattern, anchored at both ends, is built of letters, digits, `%`, `_`, `-`, `:` and classes and bounded
 * counts of these alone. Dots, escapes, negated classes and top-level alternatives make it doubtful.
 */
function isHarmless(pattern: string): boolean {
  const piece = String.raw`(?:[A-Za-z0-9%_:-]|\[[A-Za-z0-9_-]+\])(?:\?|\{\d{1,2}(?:,\d{1,2})?\})?`;
  return new RegExp(String.raw`^\^(?:${piece}|\((?:${piece}|\|)+\))+\$$`).test(pattern);
}
