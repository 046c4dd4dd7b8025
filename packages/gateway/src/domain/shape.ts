/**
 * The part of JSON Schema 2020-12 that the catalogue uses, resolved and closed: no `$ref` but by name, no keyword that
 * is not listed here. The generator refuses a schema with any other keyword, so nothing is silently unchecked.
 */
export interface Shape {
  /** Allowed JSON types; absent means any. `integer` is a number without a fraction. */
  readonly types?: readonly JsonType[];
  readonly enum?: readonly (string | number | boolean | null)[];
  /** Text: length in Unicode code points. */
  readonly lengthMin?: number;
  readonly lengthMax?: number;
  /** ECMAScript regular expression source, flag `u`, anchored as written. Checked to be linear by the generator. */
  readonly pattern?: string;
  readonly format?: 'uri' | 'uuid' | 'date' | 'date-time' | 'email';
  readonly min?: number;
  readonly max?: number;
  readonly items?: Shape;
  readonly itemsMin?: number;
  readonly itemsMax?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Members outside `properties`: refused (false), or of this shape. Absent: any, for objects whose form is unknown. */
  readonly additional?: false | Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly not?: Shape;
  /** A named shape of the provider's catalogue; allows recursion. */
  readonly ref?: string;
  /** The upstream fetches the address in this text. */
  readonly fetched?: true;
  /** Using this field needs the named capability. */
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
