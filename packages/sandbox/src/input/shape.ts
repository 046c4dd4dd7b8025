/** Collects what is wrong with an input, by field name as `scenes[0].story`. */
export class Problems {
  readonly #errors = new Map<string, string[]>();

  add(name: string, error: string): void {
    const errors = this.#errors.get(name);
    if (errors) errors.push(error);
    else this.#errors.set(name, [error]);
  }

  /** One entry a field, in the order found. */
  fields(): { readonly name: string; readonly errors: readonly string[] }[] {
    return Array.from(this.#errors, ([name, errors]) => ({ name, errors }));
  }
}

/**
 * Reads one value: returns it with unknown fields dropped, or reports and returns `undefined`.
 * The service drops unknown fields without a word; so does every closed shape here.
 */
export type Shape<T> = (value: unknown, name: string, problems: Problems) => T | undefined;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** What an object with these fields reads to. */
type ObjectOf<Required extends Fields, Optional extends Fields> = {
  readonly [K in keyof Required]: ValueOf<Required[K]>;
} & { readonly [K in keyof Optional]?: ValueOf<Optional[K]> };

/** A condition between the fields of an object that was read without problems. */
export type Rule = (
  value: Readonly<Record<string, unknown>>,
  name: string,
  problems: Problems,
) => void;

interface ObjectOptions<Required extends Fields, Optional extends Fields> {
  readonly required?: Required;
  readonly optional?: Optional;
  readonly rules?: readonly Rule[];
  /** Keeps fields that are not listed. */
  readonly open?: boolean;
}

export function object<Required extends Fields = {}, Optional extends Fields = {}>(
  options: ObjectOptions<Required, Optional>,
): Shape<ObjectOf<Required, Optional>> {
  const required = Object.entries(options.required ?? {});
  const known = [...required, ...Object.entries(options.optional ?? {})];
  const knownNames = new Set(known.map(([field]) => field));
  return (value, name, problems) => {
    if (!isRecord(value)) return refuse(problems, name, 'must be an object');
    const result: Record<string, unknown> = {};
    if (options.open)
      for (const [field, given] of Object.entries(value))
        if (!knownNames.has(field)) define(result, field, given);
    for (const [field] of required)
      if (value[field] === undefined) problems.add(fieldName(name, field), 'is required');
    for (const [field, shape] of known) {
      if (value[field] === undefined) continue;
      const read = shape(value[field], fieldName(name, field), problems);
      if (read !== undefined) result[field] = read;
    }
    for (const rule of options.rules ?? []) rule(result, name, problems);
    return result as ObjectOf<Required, Optional>;
  };
}

export function list<T>(
  item: Shape<T>,
  limits: { readonly min?: number; readonly max?: number } = {},
): Shape<readonly T[]> {
  return (value, name, problems) => {
    if (!Array.isArray(value)) return refuse(problems, name, 'must be an array');
    if (value.length < (limits.min ?? 0))
      problems.add(name, `must have at least ${limits.min} item(s)`);
    if (value.length > (limits.max ?? Infinity))
      problems.add(name, `must have at most ${limits.max} item(s)`);
    return value.map((given, index) => item(given, `${name}[${index}]`, problems) as T);
  };
}

export function text(
  limits: { readonly min?: number; readonly max?: number; readonly pattern?: RegExp } = {},
): Shape<string> {
  return (value, name, problems) => {
    if (typeof value !== 'string') return refuse(problems, name, 'must be a string');
    if (value.length < (limits.min ?? 0))
      problems.add(name, `must be at least ${limits.min} characters long`);
    if (value.length > (limits.max ?? Infinity))
      problems.add(name, `must be at most ${limits.max} characters long`);
    if (limits.pattern && !limits.pattern.test(value))
      problems.add(name, `must match ${limits.pattern.source}`);
    return value;
  };
}

export function number(
  limits: { readonly min?: number; readonly max?: number; readonly whole?: boolean } = {},
): Shape<number> {
  return (value, name, problems) => {
    if (typeof value !== 'number') return refuse(problems, name, 'must be a number');
    if (limits.whole && !Number.isInteger(value)) problems.add(name, 'must be a whole number');
    if (value < (limits.min ?? -Infinity)) problems.add(name, `must be at least ${limits.min}`);
    if (value > (limits.max ?? Infinity)) problems.add(name, `must be at most ${limits.max}`);
    return value;
  };
}

export const flag: Shape<boolean> = (value, name, problems) =>
  typeof value === 'boolean' ? value : refuse(problems, name, 'must be true or false');

export const anything: Shape<unknown> = (value) => value;

export const anyObject: Shape<Readonly<Record<string, unknown>>> = (value, name, problems) =>
  isRecord(value) ? value : refuse(problems, name, 'must be an object');

/** An absolute address. */
export function url(limits: { readonly max?: number } = {}): Shape<string> {
  const any = text(limits);
  return (value, name, problems) => {
    const address = any(value, name, problems);
    if (address !== undefined && !URL.canParse(address)) problems.add(name, 'must be a valid URL');
    return address;
  };
}

export function choice<const T extends string>(...allowed: readonly T[]): Shape<T> {
  return (value, name, problems) =>
    allowed.includes(value as T)
      ? (value as T)
      : refuse(problems, name, `must be one of ${allowed.join(', ')}`);
}

/** The first of several shapes that reads the value without a problem. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value, name, problems) => {
    for (const shape of [first, second]) {
      const attempt = new Problems();
      const read = shape(value, name, attempt);
      if (attempt.fields().length === 0) return read;
    }
    return first(value, name, problems);
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldName(parent: string, field: string): string {
  return parent ? `${parent}.${field}` : field;
}

function refuse(problems: Problems, name: string, error: string): undefined {
  problems.add(name, error);
}

function define(target: Record<string, unknown>, field: string, value: unknown): void {
  Object.defineProperty(target, field, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
