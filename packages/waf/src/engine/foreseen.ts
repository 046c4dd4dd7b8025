import type { Macro } from '../request/macro.ts';
import type { Matched } from '../request/variableStore.ts';
import type { Rule } from '../seclang/rule.ts';
import type { Settings } from '../seclang/settings.ts';
import { applyEffects } from './effects.ts';
import { evaluateLink } from './evaluateLink.ts';
import { naiveShortcuts } from './naiveShortcuts.ts';
import type { Step } from './phaseProgram.ts';
import type { Prelude } from './prelude.ts';
import { TransactionState } from './transactionState.ts';

const STEPS = 1_000_000;

/**
 * Mark the steps whose outcome is the same for every transaction: gates on TX variables, such as the
 * paranoia level, that nothing writes once the rule set is set up.
 */
export function foresee(
  programs: readonly (readonly Step[])[],
  prelude: Prelude,
  settings: Readonly<Settings>,
): Step[][] {
  const written = writtenKeys(
    programs.flatMap((steps, phase) => (phase === 0 ? steps.slice(prelude.stepCount) : steps)),
  );
  const state = new TransactionState(settings, STEPS, prelude.tx);
  return programs.map((steps) =>
    steps.map((step) =>
      isForeseeable(step.rule, written) ? { ...step, foreseen: outcome(state, step.rule) } : step,
    ),
  );
}

/** Do what a rule does that is known to match; its matches are those that were foreseen. */
export function runForeseen(
  state: TransactionState,
  rule: Rule,
  matches: readonly Matched[],
): void {
  const { store } = state;
  store.matched = [...matches];
  state.scores = [];
  store.rule = rule.description;
  for (const match of matches) {
    store.lastMatched = match;
    applyEffects(state, rule.links[0].effects);
  }
  state.matchedRuleIds.push(rule.id);
}

/** The matches of the first link; null when the rule matches but must be run in full. */
function outcome(state: TransactionState, rule: Rule): readonly Matched[] | null {
  const [head] = rule.links;
  state.store.matched = [];
  evaluateLink(
    { state, shortcuts: naiveShortcuts, matches: null },
    { ...head, effects: [] },
    head.exclusions,
  );
  const { matched } = state.store;
  return matched.length === 0 || isQuiet(rule) ? matched : null;
}

/** Whether a match has no other consequence than its effects and its jump. */
function isQuiet({ links, log, disruption, severity }: Rule): boolean {
  return links.length === 1 && !log && disruption.kind === 'pass' && severity === null;
}

function isForeseeable({ links: [head] }: Rule, written: WrittenKeys): boolean {
  const { targets, test, capture } = head;
  if (test === null || capture || targets.length === 0) return false;
  const isFixed = targets.every(
    ({ variable, selector }) =>
      variable.name === 'TX' && selector?.kind === 'key' && !written.has(selector.key),
  );
  const { macro, isPure } = test.operator;
  return isFixed && (macro === undefined ? isPure : readsFixed(macro, written));
}

function readsFixed(macro: Macro, written: WrittenKeys): boolean {
  return macro.parts.every(
    (part) =>
      typeof part === 'string' ||
      (part.variable.name === 'TX' && part.key !== null && !written.has(part.key)),
  );
}

/** The TX variables that rules may write. */
interface WrittenKeys {
  has(key: string): boolean;
}

const CAPTURES = '0123456789';

function writtenKeys(steps: readonly Step[]): WrittenKeys {
  const keys = new Set<string>(CAPTURES);
  const prefixes = new Set<string>();
  for (const effect of steps.flatMap(({ rule }) => rule.links.flatMap(({ effects }) => effects))) {
    if (effect.kind !== 'setvar' || effect.collection !== 'TX') continue;
    const { constant, parts } = effect.key;
    const [first] = parts;
    if (constant !== null) keys.add(constant.toLowerCase());
    else prefixes.add(typeof first === 'string' ? first.toLowerCase() : '');
  }
  return { has: (key) => keys.has(key) || [...prefixes].some((prefix) => key.startsWith(prefix)) };
}
