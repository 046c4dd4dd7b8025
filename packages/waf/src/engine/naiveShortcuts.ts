import type { Entry } from '../request/entry.ts';
import type { RuleLink } from '../seclang/rule.ts';
import type { Shortcuts, Value } from './shortcuts.ts';
import type { TransactionState } from './transactionState.ts';

/** Leaves nothing out: the definition of what rules mean, and the oracle of the fast evaluator. */
export const naiveShortcuts: Shortcuts = {
  beginPhase: () => undefined,
  ruleMayMatch: () => true,
  candidates: (_state, _link, entries) => entries,
  valueOf: (state, link, entry) => valuesOf(state, link, entry).at(-1) ?? { text: entry.value },
  valuesOf,
  holds: (state, _link, { operator }, { text }) => operator.evaluate(text, state),
};

function valuesOf(state: TransactionState, link: RuleLink, entry: Entry): readonly Value[] {
  const values: Value[] = [{ text: entry.value }];
  let current = entry.value;
  for (const { apply } of link.transformations) {
    state.budget.left -= current.length;
    const next = apply(current);
    if (next !== current) values.push({ text: next });
    current = next;
  }
  return values;
}
