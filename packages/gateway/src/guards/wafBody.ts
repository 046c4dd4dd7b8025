import type { Guard } from '../pipeline/guard.ts';
import type { Inspected } from '../waf/inspected.ts';
import type { WithContent } from './readBody.ts';
import type { WithInput } from './schema.ts';

type Nothing = Readonly<Record<never, never>>;
const nothing: Nothing = {};

/**
 * The rules of phase 2 on the query and the JSON body, without the values that the schema has proven to hold no free
 * text. An opaque body is a stream of one fixed media type that nothing here parses: of it the rules see the headers.
 */
export const wafBody: Guard<Inspected & WithContent & WithInput, Nothing> = {
  name: 'wafBody',
  check: ({ inspection, content, input }) =>
    inspection.body(content.bytes, input.proven) ?? nothing,
  otherwise: () => nothing,
};
