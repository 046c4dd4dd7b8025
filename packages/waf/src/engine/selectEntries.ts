import { Entry } from '../request/entry.ts';
import type { VariableStore } from '../request/variableStore.ts';
import type { Budget } from '../regex/regex.ts';
import type { Exclusion, Selector, Target } from '../seclang/target.ts';

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

function entriesOf(
  store: VariableStore,
  { variable, selector }: Target,
  budget: Budget,
): readonly Entry[] {
  if (selector === null) return variable.read(store);
  if (selector.kind === 'key' && variable.find !== undefined)
    return variable.find(store, selector.key);
  return variable.read(store).filter((entry) => isSelected(entry, selector, budget));
}

function isSelected(entry: Entry, selector: Selector, budget: Budget): boolean {
  return selector.kind === 'key'
    ? entry.lowerKey === selector.key
    : selector.regex.test(entry.key, budget);
}
