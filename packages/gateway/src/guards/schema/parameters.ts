import { nearestName } from '../../domain/nearest.ts';
import { deny, type Denial } from '../../domain/denial.ts';
import type { Operation, Parameter } from '../../domain/operation.ts';
import type { Json, Shape } from '../../domain/shape.ts';
import { describe } from './describe.ts';
import { fits } from './fits.ts';
import { isProof } from './proven.ts';

type Pair = readonly [name: string, value: string];

export function checkPath(
  { pathParameters }: Operation,
  values: Readonly<Record<string, string>>,
): Denial | null {
  for (const { name, shape } of pathParameters) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || !fits(shape, value))
      return invalid(`path:${name}`, `must be ${describe(shape)}`);
  }
  return null;
}

/** Every parameter is described, stands once, and has a value of its shape; required ones are there. */
export function checkQuery({ query }: Operation, pairs: readonly Pair[]): Denial | null {
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    const parameter = query.find((one) => one.name === name);
    if (!parameter) return unknown(name, query);
    if (seen.has(name)) return invalid(`query:${name}`, 'may be given once');
    seen.add(name);
    if (!fits(parameter.shape, toJson(parameter.shape, value))) {
      return invalid(`query:${name}`, `must be ${describe(parameter.shape)}`);
    }
  }
  const absent = query.find(({ name, required }) => required && !seen.has(name));
  return absent ? invalid(`query:${absent.name}`, 'is required') : null;
}

/** Whether a query parameter leaves no room for free text. */
export function isProvenQuery({ query }: Operation, [name, value]: Pair): boolean {
  const shape = query.find((one) => one.name === name)?.shape;
  return shape !== undefined && isProof(shape, toJson(shape, value));
}

/** A query carries text: where a number is described, plain decimal digits are one. */
function toJson({ types }: Shape, text: string): Json {
  const takesNumber = types?.includes('integer') || types?.includes('number');
  return takesNumber && /^-?(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : text;
}

function unknown(name: string, query: readonly Parameter[]): Denial {
  const nearest = nearestName(
    name.slice(0, 64),
    query.map((parameter) => parameter.name),
  );
  return deny('parameter_unknown', {
    hint: nearest === null ? 'there is no such query parameter' : `did you mean ${nearest}?`,
    detail: { reason: 'a query parameter is not described', source: 'catalogue of operations' },
  });
}

const invalid = (pointer: string, hint: string): Denial =>
  deny('parameter_invalid', {
    pointer,
    hint,
    detail: { reason: `the parameter at ${pointer} ${hint}`, source: 'catalogue of operations' },
  });
