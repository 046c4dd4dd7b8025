import type { Entry } from '../request/entry.ts';
import type { RuleLink, RuleTest } from '../seclang/rule.ts';
import type { Exclusion } from '../seclang/target.ts';
import { applyEffects } from './effects.ts';
import type { FindingMatch } from './finding.ts';
import { deferredLogTexts, logText, withLogTexts } from './logText.ts';
import { selectEntries } from './selectEntries.ts';
import { STEPS } from './options.ts';
import type { Shortcuts, Value } from './shortcuts.ts';
import type { TransactionState } from './transactionState.ts';

/** Macros copy what matched: cheaply, but once for each match. */
const MATCHED_BYTES_PER_STEP_LOG2 = 4;

/** A rule in the course of its evaluation. */
export interface RuleRun {
  readonly state: TransactionState;
  readonly shortcuts: Shortcuts;
  /** What the links matched; null when the rule is not logged and matches are only counted. */
  readonly matches: FindingMatch[] | null;
}

/** Evaluate a link on all its targets; its effects are done on every match. Returns whether there was one. */
export function evaluateLink(
  run: RuleRun,
  link: RuleLink,
  exclusions: readonly Exclusion[],
): boolean {
  const { state, shortcuts } = run;
  const { test, targets } = link;
  state.wantsCapture = link.capture;
  if (test === null) {
    applyEffects(state, link.effects);
    describe(run, link, '', '');
    return true;
  }
  let isMatched = false;
  for (const target of targets) {
    const entries = selectEntries(state.store, target, exclusions, state.budget);
    state.budget.left -= STEPS.entry * entries.length;
    for (const entry of shortcuts.candidates(state, link, entries)) {
      if (evaluateEntry(run, link, test, entry)) isMatched = true;
      if (state.budgetExceeded) return false;
    }
  }
  return isMatched;
}

function evaluateEntry(run: RuleRun, link: RuleLink, test: RuleTest, entry: Entry): boolean {
  const { state, shortcuts } = run;
  if (!link.multiMatch) {
    return evaluateValue(run, link, test, entry, shortcuts.valueOf(state, link, entry));
  }
  let isMatched = false;
  for (const value of shortcuts.valuesOf(state, link, entry)) {
    if (evaluateValue(run, link, test, entry, value)) isMatched = true;
  }
  return isMatched;
}

function evaluateValue(
  run: RuleRun,
  link: RuleLink,
  test: RuleTest,
  entry: Entry,
  value: Value,
): boolean {
  const { state, shortcuts } = run;
  state.budget.left -= STEPS.operator;
  const holds = shortcuts.holds(state, link, test, value);
  if (holds === test.isNegated || state.budgetExceeded) return false;
  state.budget.left -= STEPS.match + (value.text.length >> MATCHED_BYTES_PER_STEP_LOG2);
  const name = entry.fullName;
  state.store.recordMatch({ name, value: value.text });
  applyEffects(state, link.effects);
  describe(run, link, name, value.text);
  return true;
}

function describe(
  { state, matches }: RuleRun,
  link: RuleLink,
  variable: string,
  value: string,
): void {
  if (matches === null) return;
  matches.push(
    state.hasDeferredCaptures
      ? withLogTexts({ variable, value }, deferredLogTexts(link, state.store))
      : {
          variable,
          value,
          message: logText(link.message, state.store),
          logData: logText(link.logData, state.store),
        },
  );
}
