import type { Phase } from '../seclang/rule.ts';
import { evaluateRule } from './evaluateRule.ts';
import { runForeseen } from './foreseen.ts';
import type { Step } from './phaseProgram.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { TransactionState } from './transactionState.ts';

/** What is to be run: the steps of a phase from the first that is not done with. */
export interface PhaseRun {
  readonly steps: readonly Step[];
  readonly first: number;
  readonly shortcuts: Shortcuts;
}

/** Run the rules of a phase until its end or an interruption; the logging phase runs to its end. */
export function evaluatePhase(
  state: TransactionState,
  phase: Phase,
  { steps, first, shortcuts }: PhaseRun,
): void {
  for (let index = first; index < steps.length;) {
    if (isSpared(state, phase)) break;
    const step = steps[index];
    if (step === undefined) break;
    const matched = !state.isRemoved(step.rule) && runStep(state, step, shortcuts);
    if (state.budgetExceeded) return;
    if (state.interruption !== null && phase !== 5) return;
    index = matched ? step.jump : index + 1;
  }
  if (state.allow === 'phase' || (state.allow === 'request' && phase >= 2)) state.allow = null;
}

/** Run a rule; where its outcome is foreseen, which taking out its targets would undo, that is all there is to do. */
function runStep(state: TransactionState, { rule, foreseen }: Step, shortcuts: Shortcuts): boolean {
  if (foreseen === null || state.hasRemovedTx) return evaluateRule(state, rule, shortcuts);
  if (foreseen.length === 0) return false;
  runForeseen(state, rule, foreseen);
  return true;
}

function isSpared(state: TransactionState, phase: Phase): boolean {
  if (state.mode === 'Off') return true;
  if (phase === 5) return false;
  return (
    state.allow === 'all' || state.allow === 'phase' || (state.allow === 'request' && phase <= 2)
  );
}
