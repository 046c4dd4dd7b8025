import { Entry } from '../request/entry.ts';
import { VARIABLES } from '../request/variables.ts';
import type { Variable } from '../request/variables.ts';
import type { VariableStore } from '../request/variableStore.ts';
import type { Budget } from '../regex/regex.ts';
import type { Exclusion, Selector, Target } from '../seclang/target.ts';
import { STEPS } from './options.ts';

/** The entries that a target means, without those that are excluded; for `&` their number as one entry. */
export function selectEntries(
  store: VariableStore,
  target: Target,
  exclusions: readonly Exclusion[],
  budget: Budget,
): readonly Entry[] {
  const { variable, selector } = target;
  let entries = entriesOf(store, target, budget);
  for (const exclusion of exclusions) {
    if (exclusion.variable !== variable.name) continue;
    const excluded = exclusion.selector;
    entries =
      excluded === null ? [] : entries.filter((entry) => !isSelected(entry, excluded, budget));
  }
  if (!target.isCount) return entries;
  const key = selector?.kind === 'key' ? selector.key : '';
  return [new Entry(`&${variable.name}`, key, String(entries.length))];
}

function entriesOf(store: VariableStore, target: Target, budget: Budget): readonly Entry[] {
  const { selector } = target;
  const variable = target.isCount ? counted(target.variable) : target.variable;
  if (selector === null) return variable.read(store);
  if (selector.kind === 'key' && variable.find !== undefined)
    return variable.find(store, selector.key);
  return variable.read(store).filter((entry) => isSelected(entry, selector, budget));
}

/** ARGS may lack proven arguments and hold decoded ones; what is counted are the arguments as sent. */
function counted(variable: Variable): Variable {
  return variable.name === 'ARGS' ? (VARIABLES.get('ARGS_NAMES') ?? variable) : variable;
}

function isSelected(entry: Entry, selector: Selector, budget: Budget): boolean {
  budget.left -= STEPS.entry;
  if (selector.kind === 'key') return entry.lowerKey === selector.key;
  const { regex } = selector;
  const mayMatch =
    regex.required === null || regex.required.some((word) => entry.lowerKey.includes(word));
  return mayMatch && regex.test(entry.key, budget);
}
