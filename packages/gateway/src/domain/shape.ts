/**
 * The part of JSON Schema 2020-12 that the catalogue uses, resolved and closed: no `$ref` but by name, no keyword that
 * is not listed here. The generator refuses a schema with any other keyword, so nothing is silently unchecked.
 * A shape with `ref` or `anyOf` has no other keyword that checks.
 */
export interface Shape {
  /** Allowed JSON types; absent means any. `integer` is a number without a fraction. */
  readonly types?: readonly JsonType[];
  readonly enum?: readonly (string | number | boolean | null)[];
  /** Text: length in Unicode code points. */
  readonly lengthMin?: number;
  readonly lengthMax?: number;
  /** ECMAScript regular expression source, flag `u`, anchored at both ends. The generator takes only patterns without unbounded repetition, so that matching is linear. */
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly items?: Shape;
  readonly itemsMin?: number;
  readonly itemsMax?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Members outside `properties`: refused (false), or of this shape. Absent: any, for objects whose form is unknown. */
  readonly additional?: false | Shape;
  /** The first branch that fits decides, and so does the capability it names. */
  readonly anyOf?: readonly Shape[];
  /** A named shape of the provider's catalogue; allows recursion. */
  readonly ref?: string;
  /**
   * The upstream fetches the address in this text. `always`: it must be an https address that the policy allows.
   * `perhaps`: where it reads like an address it must be such a one.
   */
  readonly fetched?: 'always' | 'perhaps';
  /** The upstream takes no meaning from what is inside: it is kept or given back as it is. */
  readonly inert?: true;
  /** Using this field needs the named capability. The value `false` is no use. */
  readonly capability?: string;
  /** Never logged, never echoed. */
  readonly secret?: true;
}

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

/** A parsed JSON value. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [member: string]: Json };
