import type { TransactionInput } from '../request/transactionInput.ts';
import { parseExclusions } from '../seclang/parseRules.ts';
import type { Rules } from '../seclang/parseRules.ts';
import type { Phase, Rule } from '../seclang/rule.ts';
import type { Settings } from '../seclang/settings.ts';
import { applyUpdates } from '../seclang/updates.ts';
import { fastShortcuts } from './fast/fastShortcuts.ts';
import { naiveShortcuts } from './naiveShortcuts.ts';
import type { RulesetOptions } from './options.ts';
import { optionVariables, withoutSettings } from './optionVariables.ts';
import { runPrelude } from './prelude.ts';
import { phaseProgram } from './phaseProgram.ts';
import { Transaction } from './transaction.ts';

const BUDGET_STEPS = 50_000_000;
const PHASES: readonly Phase[] = [1, 2, 3, 4, 5];

/** Rules made ready to run. Immutable; one serves any number of transactions. */
export interface Ruleset {
  /** All rules in the order of their evaluation, exclusions applied. */
  readonly rules: readonly Rule[];
  readonly settings: Readonly<Settings>;
  /** What a user should know: those of the rules, and exclusions that mean no rule. */
  readonly warnings: readonly string[];
  /** Begin a transaction. Never throws. */
  begin(request: TransactionInput): Transaction;
}

/** Make rules ready to run; throws RuleSyntaxError for an exclusion that is malformed. */
export function compile(rules: Rules, options: RulesetOptions = {}): Ruleset {
  const warnings = [...rules.warnings];
  const variables = optionVariables(options);
  const exclusions = parseExclusions(options.exclusions ?? []);
  const excluded = applyUpdates(rules.items, exclusions, (message) => void warnings.push(message));
  const items = withoutSettings(excluded, variables);
  const settings = settingsOf(rules.settings, options);
  const programs = PHASES.map((phase) => phaseProgram(items, phase));
  const plan = {
    settings,
    prelude: runPrelude(programs[0] ?? [], variables, settings),
    budgetSteps: options.budgetSteps ?? BUDGET_STEPS,
    deepDecoding: options.deepDecoding ?? null,
    programs,
    shortcuts: options.naive === true ? () => naiveShortcuts : fastShortcuts(items),
  };
  return {
    rules: items.filter((item) => item.kind === 'rule'),
    settings: plan.settings,
    warnings,
    begin: (request) => new Transaction(plan, request),
  };
}

function settingsOf(settings: Readonly<Settings>, options: RulesetOptions): Settings {
  return {
    ...settings,
    ruleEngine: options.mode ?? settings.ruleEngine,
    requestBodyBytesMax: options.requestBodyBytesMax ?? settings.requestBodyBytesMax,
    requestBodyNoFilesBytesMax: options.requestBodyBytesMax ?? settings.requestBodyNoFilesBytesMax,
    responseBodyBytesMax: options.responseBodyBytesMax ?? settings.responseBodyBytesMax,
    responseBodyAccess: options.responseBodyAccess ?? settings.responseBodyAccess,
    responseMimeTypes: [...(options.responseMimeTypes ?? settings.responseMimeTypes)],
  };
}
