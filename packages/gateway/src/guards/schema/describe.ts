import type { JsonType, Shape } from '../../domain/shape.ts';

const typeNames: Readonly<Record<JsonType, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

const choicesMax = 24;

/** Says which values a shape takes, for refusals: `a number from 0 to 1`, `one of image, video`. */
export function describe(shape: Shape): string {
  if (shape.anyOf !== undefined) return shape.anyOf.map(describe).join(' or ');
  if (shape.enum !== undefined) return describeChoices(shape.enum);
  const types = (shape.types ?? []).map((type) => typeNames[type]).join(' or ');
  return [types || 'a value', ...bounds(shape)].join(' ');
}

function describeChoices(choices: NonNullable<Shape['enum']>): string {
  const shown = choices.slice(0, choicesMax).join(', ');
  if (choices.length === 1) return shown;
  return `one of ${shown}${choices.length > choicesMax ? ' …' : ''}`;
}

function bounds(shape: Shape): readonly string[] {
  return [
    range(shape.lengthMin, shape.lengthMax, ' characters'),
    range(shape.min, shape.max, ''),
    range(shape.itemsMin, shape.itemsMax, ' items'),
    shape.pattern === undefined ? '' : `of the form ${shape.pattern}`,
  ].filter((text) => text !== '');
}

function range(min: number | undefined, max: number | undefined, unit: string): string {
  if (min === undefined && max === undefined) return '';
  if (max === undefined) return `of at least ${min}${unit}`;
  if (min === undefined) return `of at most ${max}${unit}`;
  return `from ${min} to ${max}${unit}`;
}
