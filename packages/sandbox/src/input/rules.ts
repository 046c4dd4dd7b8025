import type { Rule } from './shape.ts';

const given = (value: Readonly<Record<string, unknown>>, fields: readonly string[]) =>
  fields.filter((field) => value[field] !== undefined);

const at = (name: string, field: string) => (name ? `${name}.${field}` : field);

/** At most one of the fields. */
export function exclusive(...fields: readonly string[]): Rule {
  return (value, name, problems) => {
    const [first, ...others] = given(value, fields);
    for (const other of others)
      problems.add(at(name, other), `cannot be given together with ${first}`);
  };
}

/** All of the fields or none. */
export function together(...fields: readonly string[]): Rule {
  return (value, name, problems) => {
    const present = given(value, fields);
    if (present.length === 0) return;
    for (const field of fields)
      if (!present.includes(field)) problems.add(at(name, field), `is required with ${present[0]}`);
  };
}

/** At least one of the fields. */
export function someOf(...fields: readonly string[]): Rule {
  return (value, name, problems) => {
    if (given(value, fields).length === 0)
      problems.add(name || fields[0]!, `needs one of ${fields.join(', ')}`);
  };
}

/** When `field` is there, `needed` must be there. */
export function needs(field: string, needed: string): Rule {
  return (value, name, problems) => {
    if (value[field] !== undefined && value[needed] === undefined)
      problems.add(at(name, needed), `is required with ${field}`);
  };
}
