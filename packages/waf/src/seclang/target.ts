import type { Regex } from '../regex/regex.ts';
import type { Variable } from '../request/variables.ts';

/** Which entries of a collection are meant; a key is lower-case. */
export type Selector =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'pattern'; readonly regex: Regex };

/** `ARGS`, `ARGS:name`, `&ARGS`, `ARGS:/pattern/`. */
export interface Target {
  readonly variable: Variable;
  /** Null for all entries. */
  readonly selector: Selector | null;
  /** True for `&`: the number of entries stands for them. */
  readonly isCount: boolean;
}

/** `!ARGS:name`: entries of a variable that a rule does not look at. */
export interface Exclusion {
  readonly variable: string;
  readonly selector: Selector | null;
}
