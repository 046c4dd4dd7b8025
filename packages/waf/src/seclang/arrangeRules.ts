import type { RuleSource } from './source.ts';

/** The files of a rule set, each list in the order of its names. */
export interface RuleFiles {
  /** The Core Rule Set with its set-up file first; empty when there is none. */
  readonly core: readonly RuleSource[];
  /** The rules that ship with this package. */
  readonly builtIn: readonly RuleSource[];
  /** Exclusions and updates, which take effect behind the rules that they mean. */
  readonly tuning: readonly RuleSource[];
}

const CORE_EVALUATION = 'REQUEST-949';
const BUILT_IN_EVALUATION = '90-evaluation.conf';

/**
 * One order for all rules. Beside the Core Rule Set, the built-in rules stand before its blocking
 * evaluation, so that their scores count in it, and their own evaluation is left out.
 */
export function arrangeRules({ core, builtIn, tuning }: RuleFiles): RuleSource[] {
  const evaluation = core.findIndex(({ name }) => name.startsWith(CORE_EVALUATION));
  if (evaluation < 0) return [...core, ...builtIn, ...tuning];
  const detecting = builtIn.filter(({ name }) => name !== BUILT_IN_EVALUATION);
  return [...core.toSpliced(evaluation, 0, ...detecting), ...tuning];
}
