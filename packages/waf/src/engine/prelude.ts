import type { Entry } from '../request/entry.ts';
import type { Macro } from '../request/macro.ts';
import type { Effect } from '../seclang/effect.ts';
import type { Rule, RuleLink } from '../seclang/rule.ts';
import { defaultSettings } from '../seclang/settings.ts';
import type { Settings } from '../seclang/settings.ts';
import { evaluateRule } from './evaluateRule.ts';
import { naiveShortcuts } from './naiveShortcuts.ts';
import type { Step } from './phaseProgram.ts';
import { TransactionState } from './transactionState.ts';

/** What the first rules of phase 1, which look at nothing but TX, do to every transaction alike. */
export interface Prelude {
  /** How many steps of phase 1 are done with. */
  readonly stepCount: number;
  readonly tx: ReadonlyMap<string, Entry>;
  readonly matchedRuleIds: readonly number[];
}

const STEPS = 1_000_000;

/** The prelude that leaves all rules to the transactions. */
export function noPrelude(variables: ReadonlyMap<string, string>): Prelude {
  const { store } = startingState(variables, defaultSettings());
  return { stepCount: 0, tx: store.tx, matchedRuleIds: [] };
}

/** Run the rules that set a rule set up once, so that no transaction has to. */
export function runPrelude(
  steps: readonly Step[],
  variables: ReadonlyMap<string, string>,
  settings: Readonly<Settings>,
): Prelude {
  const state = startingState(variables, settings);
  let tx = new Map(state.store.tx);
  let stepCount = 0;
  for (const { rule, jump } of steps) {
    if (!isConstant(rule)) break;
    const isMatched = evaluateRule(state, rule, naiveShortcuts);
    if (isMatched && !(isQuiet(rule) && jump === stepCount + 1)) {
      return { stepCount, tx, matchedRuleIds: state.matchedRuleIds.slice(0, -1) };
    }
    tx = new Map(state.store.tx);
    stepCount++;
  }
  return { stepCount, tx, matchedRuleIds: state.matchedRuleIds };
}

function startingState(
  variables: ReadonlyMap<string, string>,
  settings: Readonly<Settings>,
): TransactionState {
  const state = new TransactionState(settings, STEPS);
  for (const [name, value] of variables) state.store.setWritable('TX', name, value);
  return state;
}

/** Whether a match has no other consequence than what it sets. */
function isQuiet({ log, disruption, severity }: Rule): boolean {
  return !log && disruption.kind === 'pass' && severity === null;
}

function isConstant({ links }: Rule): boolean {
  return links.every(isConstantLink);
}

function isConstantLink({ targets, test, effects, capture }: RuleLink): boolean {
  const looksAtTx = targets.every(({ variable }) => variable.name === 'TX');
  return (
    looksAtTx && !capture && effects.every(isConstantEffect) && readsOnlyTx(test?.operator.macro)
  );
}

function isConstantEffect(effect: Effect): boolean {
  return (
    effect.kind === 'setvar' &&
    effect.collection === 'TX' &&
    readsOnlyTx(effect.key) &&
    readsOnlyTx(effect.value)
  );
}

function readsOnlyTx(macro: Macro | undefined): boolean {
  return (
    macro === undefined ||
    macro.parts.every((part) => typeof part === 'string' || part.variable.name === 'TX')
  );
}
