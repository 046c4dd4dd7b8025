import type { Operator } from '../operators/operator.ts';
import type { Entry } from '../request/entry.ts';
import type { Macro } from '../request/macro.ts';
import type { Transformation } from '../transformations/transformation.ts';
import type { Effect } from './effect.ts';
import type { Exclusion, Target } from './target.ts';

/** The five phases: request head, request body, response head, response body, logging. */
export type Phase = 1 | 2 | 3 | 4 | 5;

export interface Location {
  readonly file: string;
  readonly line: number;
}

export interface RuleTest {
  readonly name: string;
  readonly argument: string;
  readonly isNegated: boolean;
  readonly operator: Operator;
}

/** One SecRule or SecAction of a chain. */
export interface RuleLink {
  /** Counts all links of a rule set from 0. */
  readonly number: number;
  readonly location: Location;
  targets: readonly Target[];
  exclusions: readonly Exclusion[];
  /** Null for SecAction, which always matches. */
  readonly test: RuleTest | null;
  readonly transformations: readonly Transformation[];
  readonly multiMatch: boolean;
  readonly capture: boolean;
  /** Done on every match of the link, before the rest of the chain is tried. */
  readonly effects: readonly Effect[];
  readonly message: Macro | null;
  readonly logData: Macro | null;
}

/** What a match of the whole chain does to the transaction. */
export type Disruption =
  | { readonly kind: 'pass' }
  | { readonly kind: 'deny'; readonly status: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'redirect'; readonly location: Macro; readonly status: number }
  | { readonly kind: 'allow'; readonly scope: 'all' | 'phase' | 'request' };

export interface Rule {
  readonly kind: 'rule';
  readonly id: number;
  readonly phase: Phase;
  readonly links: readonly [RuleLink, ...RuleLink[]];
  readonly tags: readonly string[];
  /** 0 (emergency) to 7 (debug), or null. */
  readonly severity: number | null;
  readonly version: string;
  readonly revision: string;
  readonly disruption: Disruption;
  /** True when a match is a finding. */
  readonly log: boolean;
  readonly auditLog: boolean;
  readonly skip: number;
  readonly skipAfter: string | null;
  /** What the RULE variable shows while the rule runs. */
  readonly description: readonly Entry[];
}

/** SecMarker: where skipAfter goes on. */
export interface Marker {
  readonly kind: 'marker';
  readonly label: string;
}

export type RuleItem = Rule | Marker;

export const SEVERITY_NAMES = [
  'EMERGENCY',
  'ALERT',
  'CRITICAL',
  'ERROR',
  'WARNING',
  'NOTICE',
  'INFO',
  'DEBUG',
] as const;
