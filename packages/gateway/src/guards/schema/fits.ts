import type { Json, JsonType, Shape } from '../../domain/shape.ts';

export type JsonObject = { readonly [member: string]: Json };

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value has the type, choice, form, length and range of a shape: all that needs no look inside it. */
export function fits(shape: Shape, value: Json): boolean {
  if (shape.types && !hasType(value, shape.types)) return false;
  if (shape.enum && !shape.enum.includes(value as string)) return false;
  if (typeof value === 'string') return fitsText(shape, value);
  if (typeof value === 'number') return isWithin(value, shape.min, shape.max);
  if (Array.isArray(value)) return isWithin(value.length, shape.itemsMin, shape.itemsMax);
  return true;
}

/** A whole number beyond 2^53 is refused as an integer: parsers read it as different numbers. */
function hasType(value: Json, types: readonly JsonType[]): boolean {
  if (typeof value !== 'number') return types.includes(typeOf(value));
  return types.includes('number') || (types.includes('integer') && Number.isSafeInteger(value));
}

function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as 'string' | 'boolean' | 'object';
}

function fitsText(shape: Shape, text: string): boolean {
  if (!isLengthWithin(text, shape.lengthMin ?? 0, shape.lengthMax ?? Infinity)) return false;
  return shape.pattern === undefined || compiled(shape, shape.pattern).test(text);
}

/** Lengths count code points (JSON Schema validation, section 6.3), of which a text has at least half its code units. */
function isLengthWithin(text: string, min: number, max: number): boolean {
  if (text.length < min || text.length > 2 * max) return false;
  if (text.length >= 2 * min && text.length <= max) return true;
  let length = 0;
  for (const _ of text) length += 1;
  return length >= min && length <= max;
}

function isWithin(value: number, min = -Infinity, max = Infinity): boolean {
  return value >= min && value <= max;
}

const patterns = new WeakMap<Shape, RegExp>();

function compiled(shape: Shape, source: string): RegExp {
  let pattern = patterns.get(shape);
  if (pattern === undefined) {
    pattern = new RegExp(source, 'u');
    patterns.set(shape, pattern);
  }
  return pattern;
}
