import type { Entry } from '../request/entry.ts';
import type { VariableStore } from '../request/variableStore.ts';
import type { Phase, Rule, RuleLink, RuleTest } from '../seclang/rule.ts';
import type { TransactionState } from './transactionState.ts';

/** A value as an operator sees it, transformed. */
export interface Value {
  readonly text: string;
}

/**
 * How an evaluator gets at values, and what it may leave out. Every implementation must give the
 * results of the naive one: it may skip only what cannot match.
 */
export interface Shortcuts {
  /** Called before the rules of a phase run, when the variables of the phase are set. */
  beginPhase(phase: Phase, store: VariableStore): void;
  /** False when the first link of the rule cannot match any of its entries. */
  ruleMayMatch(state: TransactionState, rule: Rule): boolean;
  /** The entries that the link may match, in order. */
  candidates(state: TransactionState, link: RuleLink, entries: readonly Entry[]): readonly Entry[];
  /** What the link's transformations make of an entry's value. */
  valueOf(state: TransactionState, link: RuleLink, entry: Entry): Value;
  /** The value itself and every new one that the transformations make of it, for multiMatch. */
  valuesOf(state: TransactionState, link: RuleLink, entry: Entry): readonly Value[];
  /** What the operator says of a value, negation left aside. */
  holds(state: TransactionState, link: RuleLink, test: RuleTest, value: Value): boolean;
}
