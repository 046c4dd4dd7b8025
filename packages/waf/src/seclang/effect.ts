import type { Macro } from '../request/macro.ts';
import type { WritableCollection } from '../request/variableStore.ts';
import type { RuleMatcher } from './ruleMatcher.ts';
import type { Exclusion } from './target.ts';

export type EngineMode = 'On' | 'Off' | 'DetectionOnly';

export type BodyProcessor = 'URLENCODED' | 'MULTIPART' | 'JSON' | 'XML';

/** setvar: `tx.score=+5` and its other forms. */
export interface SetVariable {
  readonly kind: 'setvar';
  readonly collection: WritableCollection;
  readonly key: Macro;
  readonly operation: 'set' | 'add' | 'subtract' | 'delete';
  readonly value: Macro;
}

/** initcol: names a collection's instance. The engine keeps nothing between transactions. */
export interface InitCollection {
  readonly kind: 'initcol';
  readonly collection: WritableCollection;
  readonly key: Macro;
}

/** setenv: an environment variable for the caller, readable as ENV. */
export interface SetEnvironment {
  readonly kind: 'setenv';
  readonly name: string;
  readonly value: Macro;
}

/** ctl: changes the engine's behaviour for the rest of this transaction. */
export type Control =
  | { readonly kind: 'removeRules'; readonly matcher: RuleMatcher }
  | { readonly kind: 'removeTarget'; readonly matcher: RuleMatcher; readonly exclusion: Exclusion }
  | { readonly kind: 'ruleEngine'; readonly mode: EngineMode }
  | { readonly kind: 'requestBodyProcessor'; readonly processor: BodyProcessor }
  | { readonly kind: 'forceRequestBodyVariable'; readonly on: boolean }
  | { readonly kind: 'requestBodyAccess'; readonly on: boolean }
  | { readonly kind: 'responseBodyAccess'; readonly on: boolean }
  | { readonly kind: 'requestBodyLimit'; readonly bytesMax: number }
  | { readonly kind: 'responseBodyLimit'; readonly bytesMax: number }
  | { readonly kind: 'auditEngine'; readonly mode: string };

/** What a match of a link does at once. */
export type Effect = SetVariable | InitCollection | SetEnvironment | Control;
