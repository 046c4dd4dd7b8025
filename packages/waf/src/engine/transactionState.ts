import type { Captures, DeferredCaptures, OperatorContext } from '../operators/operator.ts';
import type { Budget } from '../regex/regex.ts';
import { deferredEntry, Entry } from '../request/entry.ts';
import { VariableStore } from '../request/variableStore.ts';
import type { BodyProcessor, Control, EngineMode } from '../seclang/effect.ts';
import type { Rule } from '../seclang/rule.ts';
import type { RuleMatcher } from '../seclang/ruleMatcher.ts';
import type { Settings } from '../seclang/settings.ts';
import { matchesRule } from '../seclang/matchesRule.ts';
import type { Exclusion } from '../seclang/target.ts';
import type { Finding, ScoreContribution } from './finding.ts';
import type { Interruption } from './verdict.ts';

const CAPTURES_MAX = 10;

/** Everything that changes while the rules of one transaction run. */
export class TransactionState implements OperatorContext {
  readonly store: VariableStore;
  readonly budget: Budget;
  /** What `budget` began with, and was given since. */
  budgetSteps: number;
  mode: EngineMode;
  requestBodyAccess: boolean;
  requestBodyBytesMax: number;
  responseBodyAccess: boolean;
  responseBodyBytesMax: number;
  forceRequestBodyVariable = false;
  bodyProcessor: BodyProcessor | null = null;
  auditEngine = '';
  /** Set while a rule with `capture` runs. */
  wantsCapture = false;
  interruption: Interruption | null = null;
  wouldInterrupt: Interruption | null = null;
  /** What `allow` spares: the rules of this phase, of the request phases, or all. */
  allow: 'phase' | 'request' | 'all' | null = null;
  readonly findings: Finding[] = [];
  /** The ids of all rules that matched, logged or not, in order. */
  readonly matchedRuleIds: number[] = [];
  /** What the running rule has added to scores. */
  scores: ScoreContribution[] = [];
  /** Whether a ctl action has taken TX variables out of any rule. */
  hasRemovedTx = false;
  /** What the operator that runs has captured. */
  captured: Captures | DeferredCaptures | null = null;
  /** Whether TX:0 to TX:9 are still to be found, so that log texts that show them are put off too. */
  hasDeferredCaptures = false;
  readonly #removedRules: RuleMatcher[] = [];
  readonly #removedTargets: { readonly matcher: RuleMatcher; readonly exclusion: Exclusion }[] = [];
  #capturedCount = 0;

  constructor(settings: Settings, budgetSteps: number, tx?: ReadonlyMap<string, Entry>) {
    this.store = new VariableStore(new Map(tx));
    this.budget = { left: budgetSteps };
    this.budgetSteps = budgetSteps;
    this.mode = settings.ruleEngine;
    this.requestBodyAccess = settings.requestBodyAccess;
    this.requestBodyBytesMax = settings.requestBodyBytesMax;
    this.responseBodyAccess = settings.responseBodyAccess;
    this.responseBodyBytesMax = settings.responseBodyBytesMax;
  }

  get budgetExceeded(): boolean {
    return this.budget.left < 0;
  }

  /** Allow more work; too late when the allowance was spent before. */
  grant(steps: number): void {
    if (this.budgetExceeded) return;
    this.budget.left += steps;
    this.budgetSteps += steps;
  }

  /** Set TX:0 to TX:9, and remove what an earlier capture left beyond. */
  capture(groups: Captures | DeferredCaptures): void {
    const { tx } = this.store;
    this.captured = groups;
    const isDeferred = 'count' in groups;
    this.hasDeferredCaptures = isDeferred;
    const count = Math.min(isDeferred ? groups.count : groups.length, CAPTURES_MAX);
    for (let index = 0; index < count; index++) {
      const key = String(index);
      const entry = isDeferred
        ? deferredEntry('TX', key, () => groups.find()[index] ?? '')
        : new Entry('TX', key, groups[index] ?? '');
      tx.set(key, entry);
    }
    for (let index = count; index < this.#capturedCount; index++) tx.delete(String(index));
    this.#capturedCount = count;
  }

  /** Whether a ctl action has taken the rule out. */
  isRemoved(rule: Rule): boolean {
    return (
      this.#removedRules.length > 0 &&
      this.#removedRules.some((matcher) => matchesRule(matcher, rule))
    );
  }

  /** Whether a ctl action has taken targets out of any rule. */
  get hasRemovedTargets(): boolean {
    return this.#removedTargets.length > 0;
  }

  /** What ctl actions have taken out of the rule's targets. */
  removedTargets(rule: Rule): Exclusion[] {
    return this.#removedTargets
      .filter(({ matcher }) => matchesRule(matcher, rule))
      .map(({ exclusion }) => exclusion);
  }

  control(control: Control): void {
    switch (control.kind) {
      case 'removeRules':
        this.#removedRules.push(control.matcher);
        return;
      case 'removeTarget':
        this.#removedTargets.push(control);
        if (control.exclusion.variable === 'TX') this.hasRemovedTx = true;
        return;
      case 'ruleEngine':
        this.mode = control.mode;
        return;
      case 'requestBodyProcessor':
        this.bodyProcessor = control.processor;
        this.store.setScalar('REQBODY_PROCESSOR', control.processor);
        return;
      case 'forceRequestBodyVariable':
        this.forceRequestBodyVariable = control.on;
        return;
      case 'requestBodyAccess':
        this.requestBodyAccess = control.on;
        return;
      case 'responseBodyAccess':
        this.responseBodyAccess = control.on;
        return;
      case 'requestBodyLimit':
        this.requestBodyBytesMax = control.bytesMax;
        return;
      case 'responseBodyLimit':
        this.responseBodyBytesMax = control.bytesMax;
        return;
      case 'auditEngine':
        this.auditEngine = control.mode;
        return;
    }
  }

  /** Interrupt the transaction, or note that it would have been. The first one counts. */
  interrupt(interruption: Interruption): void {
    if (this.mode === 'On') this.interruption ??= interruption;
    else this.wouldInterrupt ??= interruption;
  }
}
