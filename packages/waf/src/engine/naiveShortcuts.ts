import type { RuleLink } from '../seclang/rule.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { TransactionState } from './transactionState.ts';

/** Leaves nothing out: the definition of what rules mean, and the oracle of the fast evaluator. */
export const naiveShortcuts: Shortcuts = {
  ruleMayMatch: () => true,
  entryMayMatch: () => true,
  valuesOf: transformedValues,
  testValue: (state, { operator }, value) => operator.evaluate(value, state),
};

/** The values that the link's transformations make of one. */
export function transformedValues(
  state: TransactionState,
  link: RuleLink,
  value: string,
): readonly string[] {
  const values = [value];
  let current = value;
  for (const { apply } of link.transformations) {
    state.budget.left -= current.length;
    const next = apply(current);
    if (next !== current && link.multiMatch) values.push(next);
    current = next;
  }
  return link.multiMatch ? values : [current];
}
