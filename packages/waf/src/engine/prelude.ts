import type { Entry } from '../request/entry.ts';
import type { Macro } from '../request/macro.ts';
import type { Effect } from '../seclang/effect.ts';
import type { Rule, RuleLink } from '../seclang/rule.ts';
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

/** Run the rules that set a rule set up once, so that no transaction has to. */
export function runPrelude(
  steps: readonly Step[],
  variables: ReadonlyMap<string, string>,
  settings: Readonly<Settings>,
): Prelude {
  const state = new TransactionState(settings, STEPS);
  for (const [name, value] of variables) state.store.setWritable('TX', name, value);
  let stepCount = 0;
  for (const { rule, jump } of steps) {
    if (!isConstant(rule)) break;
    const isJumping = jump !== stepCount + 1;
    if (isJumping || rule.log || rule.disruption.kind !== 'pass') {
      const before = new Map(state.store.tx);
      if (!evaluateRule(state, rule, naiveShortcuts)) {
        stepCount++;
        continue;
      }
      return { stepCount, tx: before, matchedRuleIds: state.matchedRuleIds.slice(0, -1) };
    }
    evaluateRule(state, rule, naiveShortcuts);
    stepCount++;
  }
  return { stepCount, tx: state.store.tx, matchedRuleIds: state.matchedRuleIds };
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
