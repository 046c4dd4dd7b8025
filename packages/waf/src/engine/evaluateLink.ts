import type { Entry } from '../request/entry.ts';
import type { RuleLink, RuleTest } from '../seclang/rule.ts';
import type { Exclusion } from '../seclang/target.ts';
import { applyEffects } from './effects.ts';
import type { FindingMatch } from './finding.ts';
import { expandLogText } from './logText.ts';
import { selectEntries } from './selectEntries.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { TransactionState } from './transactionState.ts';

/** One link in the course of its evaluation. */
export interface LinkRun {
  readonly state: TransactionState;
  readonly link: RuleLink;
  readonly exclusions: readonly Exclusion[];
  readonly shortcuts: Shortcuts;
  /** False when the matches are only counted. */
  readonly isLogged: boolean;
}

const UNDESCRIBED: FindingMatch = { variable: '', value: '', message: '', logData: '' };

/** Evaluate a link on all its targets; its effects are done on every match. Returns the matches. */
export function evaluateLink(run: LinkRun): FindingMatch[] {
  const { state, link } = run;
  const matches: FindingMatch[] = [];
  state.wantsCapture = link.capture;
  if (link.test === null) {
    applyEffects(state, link.effects);
    matches.push(describe(run, '', ''));
    return matches;
  }
  for (const target of link.targets) {
    const entries = selectEntries(state.store, target, run.exclusions, state.budget);
    for (const entry of run.shortcuts.candidates(state, link, entries)) {
      evaluateEntry(run, link.test, entry, matches);
      if (state.budgetExceeded) return [];
    }
  }
  return matches;
}

function evaluateEntry(run: LinkRun, test: RuleTest, entry: Entry, matches: FindingMatch[]): void {
  const { state, link, shortcuts } = run;
  for (const value of shortcuts.valuesOf(state, link, entry)) {
    const holds = shortcuts.holds(state, link, test, value);
    if (holds === test.isNegated || state.budgetExceeded) continue;
    state.store.recordMatch({ name: entry.fullName, value: value.text });
    applyEffects(state, link.effects);
    matches.push(describe(run, entry.fullName, value.text));
  }
}

function describe(
  { state, link, isLogged }: LinkRun,
  variable: string,
  value: string,
): FindingMatch {
  if (!isLogged) return UNDESCRIBED;
  return {
    variable,
    value,
    message: expandLogText(link.message, state.store),
    logData: expandLogText(link.logData, state.store),
  };
}
