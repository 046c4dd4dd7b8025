import type { Entry } from '../request/entry.ts';
import type { Rule, RuleLink, RuleTest } from '../seclang/rule.ts';
import type { TransactionState } from './transactionState.ts';

/**
 * How an evaluator gets at values, and what it may leave out. Every implementation must give the
 * results of the naive one: it may skip only what cannot match.
 */
export interface Shortcuts {
  /** False when the first link of the rule cannot match any of its entries. */
  ruleMayMatch(state: TransactionState, rule: Rule): boolean;
  /** False when the link cannot match this entry. */
  entryMayMatch(state: TransactionState, link: RuleLink, entry: Entry): boolean;
  /** The values that the link's transformations make of one: the last, or with multiMatch every new one. */
  valuesOf(state: TransactionState, link: RuleLink, value: string): readonly string[];
  /** What the operator says of a value, negation left aside. */
  testValue(state: TransactionState, test: RuleTest, value: string): boolean;
}
