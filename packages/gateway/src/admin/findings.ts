import type { z } from '@hono/zod-openapi';
import { nearestName } from '../domain/nearest.ts';

/** What is wrong at one place of the input; never the value. */
export interface Finding {
  /** JSON pointer (RFC 6901) into the body, or `query:name`. */
  readonly pointer: string;
  readonly message: string;
}

type Path = readonly PropertyKey[];

export const toPointer = (path: Path): string =>
  path
    .map((step) => `/${String(step).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');

/** Says what zod found as the rest of the project says it: the allowed form, and the nearest known name. */
export function toFindings(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  place: (path: Path) => string,
  schema: z.ZodType,
): readonly Finding[] {
  return issues.flatMap((issue): readonly Finding[] => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ pointer: place(issue.path), message: describe(issue, valueAt(input, issue.path)) }];
    }
    const known = membersAt(schema, issue.path);
    return issue.keys.map((key) => ({
      pointer: place([...issue.path, key]),
      message: `unknown member; ${suggest(key, known)}`,
    }));
  });
}

function suggest(written: string, known: readonly string[]): string {
  const near = nearestName(written, known);
  return near === null ? `known: ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
}

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    input,
  );

const listedMax = 12;

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? 'is required' : `expected ${issue.expected}`;
    case 'invalid_value': {
      if (value === undefined) return 'is required';
      const allowed = issue.values.map(String);
      const near = typeof value === 'string' ? nearestName(value, allowed) : null;
      if (near !== null) return `unknown value; did you mean "${near}"?`;
      return allowed.length > listedMax ? 'unknown value' : `allowed: ${allowed.join(', ')}`;
    }
    case 'too_small':
      return `expected at least ${issue.minimum} ${unitOf(issue.origin)}`.trimEnd();
    case 'too_big':
      return `expected at most ${issue.maximum} ${unitOf(issue.origin)}`.trimEnd();
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'expected a time such as 2027-01-31T00:00:00Z'
        : `expected ${issue.message}`;
    case 'custom':
      return `expected ${issue.message}`;
    default:
      return 'has a wrong form';
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'items' : '';
}

function membersAt(schema: z.ZodType, path: Path): readonly string[] {
  let node: unknown = schema;
  for (const step of path) {
    const shape = unwrap(node).shape;
    node = typeof step === 'number' ? unwrap(node).element : shape?.[String(step)];
  }
  return Object.keys(unwrap(node).shape ?? {});
}

interface Unwrapped {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly def?: { readonly innerType?: unknown };
}

/** The schema behind optional, nullable and default. */
function unwrap(node: unknown): Unwrapped {
  const schema = (node ?? {}) as Unwrapped;
  const inner = schema.def?.innerType;
  return schema.shape || schema.element || !inner ? schema : unwrap(inner);
}
