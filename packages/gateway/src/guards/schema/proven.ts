import type { Json, Shape } from '../../domain/shape.ts';
import { fits, isObject, type JsonObject } from './fits.ts';
import { inspect, type InspectionRules } from './inspect.ts';
import { resolveShape } from './shapes.ts';

/**
 * Names of the values, as WAF arguments (`json.scenes.0.minimumDuration`), whose shape leaves them no room for text of
 * the caller's own: numbers, true and false, null, one of given choices, or a form of fixed length over harmless
 * characters such as a UUID or a date.
 *
 * Where a member's own name holds a dot, two values may have the same name: then nothing is proven.
 */
export function provenValues(
  rules: InspectionRules,
  shape: Shape,
  value: Json,
): ReadonlySet<string> {
  const walk = new Walk(rules);
  walk.visit(shape, value);
  return walk.isAmbiguous ? new Set() : walk.proven;
}

class Walk {
  readonly proven = new Set<string>();
  isAmbiguous = false;
  readonly #rules: InspectionRules;
  readonly #path: (string | number)[] = ['json'];

  constructor(rules: InspectionRules) {
    this.#rules = rules;
  }

  visit(written: Shape | undefined, value: Json): void {
    const shape = written && this.#decide(written, value);
    if (Array.isArray(value)) this.#visitItems(shape, value as readonly Json[]);
    else if (isObject(value)) this.#visitMembers(shape, value);
    else if (shape && isProof(shape, value)) this.proven.add(this.#path.join('.'));
  }

  #visitItems(shape: Shape | undefined, items: readonly Json[]): void {
    for (const [index, item] of items.entries()) {
      this.#path.push(index);
      this.visit(shape?.items, item);
      this.#path.pop();
    }
  }

  #visitMembers(shape: Shape | undefined, value: JsonObject): void {
    const properties = shape?.properties ?? {};
    for (const name of Object.keys(value)) {
      if (name.includes('.')) this.isAmbiguous = true;
      const inner = Object.hasOwn(properties, name) ? properties[name] : shape?.additional;
      this.#path.push(name);
      this.visit(inner || undefined, value[name]!);
      this.#path.pop();
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
const isHarmless = (pattern: string): boolean => harmless.test(pattern);

const piece = String.raw`(?:[A-Za-z0-9%_:-]|\[[A-Za-z0-9_-]+\])(?:\?|\{\d{1,2}(?:,\d{1,2})?\})?`;
const harmless = new RegExp(String.raw`^\^(?:${piece}|\((?:${piece}|\|)+\))+\$$`);
