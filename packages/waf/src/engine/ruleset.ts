import type { TransactionInput } from '../request/transactionInput.ts';
import { parseExclusions } from '../seclang/parseRules.ts';
import type { Rules } from '../seclang/parseRules.ts';
import type { Phase, Rule } from '../seclang/rule.ts';
import type { Settings } from '../seclang/settings.ts';
import { applyUpdates } from '../seclang/updates.ts';
import { fastShortcuts } from './fast/fastShortcuts.ts';
import { foresee } from './foreseen.ts';
import { naiveShortcuts } from './naiveShortcuts.ts';
import { fixedAllowance, WORK_ALLOWANCE } from './options.ts';
import type { RulesetOptions, WorkAllowance } from './options.ts';
import { optionVariables, withoutSettings } from './optionVariables.ts';
import { phaseProgram } from './phaseProgram.ts';
import type { Step } from './phaseProgram.ts';
import type { Plan } from './plan.ts';
import { noPrelude, runPrelude } from './prelude.ts';
import { Transaction } from './transaction.ts';

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
  const common = {
    settings,
    allowance: allowanceOf(options),
    deepDecoding: options.deepDecoding ?? null,
  };
  const plan: Plan =
    options.naive === true
      ? { ...common, programs, prelude: noPrelude(variables), shortcuts: () => naiveShortcuts }
      : { ...common, ...prepare(programs, variables, settings), shortcuts: fastShortcuts(items) };
  return {
    rules: items.filter((item) => item.kind === 'rule'),
    settings: plan.settings,
    warnings,
    begin: (request) => new Transaction(plan, request),
  };
}

/** Do once what every transaction would do alike. */
function prepare(
  programs: readonly (readonly Step[])[],
  variables: ReadonlyMap<string, string>,
  settings: Readonly<Settings>,
): Pick<Plan, 'programs' | 'prelude'> {
  const prelude = runPrelude(programs[0] ?? [], variables, settings);
  return { prelude, programs: foresee(programs, prelude, settings) };
}

/** A small integer, which V8 counts down faster than a greater one. */
const UNBOUNDED_STEPS = 1_000_000_000;

/** The oracle is not bounded unless told to be: it looks at everything. */
function allowanceOf({ budgetSteps, naive }: RulesetOptions): WorkAllowance {
  if (budgetSteps !== undefined) return fixedAllowance(budgetSteps);
  return naive === true ? fixedAllowance(UNBOUNDED_STEPS) : WORK_ALLOWANCE;
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
