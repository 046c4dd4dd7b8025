import { expandMacro } from '../request/macro.ts';
import { SEVERITY_NAMES } from '../seclang/rule.ts';
import type { Rule } from '../seclang/rule.ts';
import type { Exclusion } from '../seclang/target.ts';
import { evaluateLink } from './evaluateLink.ts';
import type { FindingMatch } from './finding.ts';
import { deferredLogTexts, logText, withLogTexts } from './logText.ts';
import type { LogTexts } from './logText.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { TransactionState } from './transactionState.ts';

const NONE: readonly Exclusion[] = [];

/** Evaluate a rule's chain; true when all of it matched, after which its disruptive action is done. */
export function evaluateRule(state: TransactionState, rule: Rule, shortcuts: Shortcuts): boolean {
  if (!shortcuts.ruleMayMatch(state, rule)) return false;
  const { store } = state;
  store.matched = [];
  state.scores = [];
  store.rule = rule.description;
  const removed = state.hasRemovedTargets ? state.removedTargets(rule) : NONE;
  const matches: FindingMatch[] | null = rule.log ? [] : null;
  const run = { state, shortcuts, matches };
  for (const link of rule.links) {
    const exclusions = removed.length === 0 ? link.exclusions : [...link.exclusions, ...removed];
    if (!evaluateLink(run, link, exclusions)) return false;
  }
  complete(state, rule, matches);
  return true;
}

function complete(
  state: TransactionState,
  rule: Rule,
  matches: readonly FindingMatch[] | null,
): void {
  state.matchedRuleIds.push(rule.id);
  const { severity } = rule;
  if (severity !== null && severity < state.store.highestSeverity)
    state.store.highestSeverity = severity;
  if (matches !== null) addFinding(state, rule, matches);
  disrupt(state, rule);
}

function addFinding(state: TransactionState, rule: Rule, matches: readonly FindingMatch[]): void {
  const [head] = rule.links;
  const isChain = rule.links.length > 1;
  const common = {
    ruleId: rule.id,
    phase: rule.phase,
    severity: rule.severity === null ? null : (SEVERITY_NAMES[rule.severity] ?? null),
    tags: rule.tags,
    version: rule.version,
    file: head.location.file,
    line: head.location.line,
    matches: head.test === null && !isChain ? [] : matches,
    scores: state.scores,
  };
  state.findings.push(withLogTexts(common, findingTexts(state, rule, matches[0])));
}

/** Of a chain the texts of its head, with what its last link matched; else those of the first match. */
function findingTexts(
  state: TransactionState,
  rule: Rule,
  first: FindingMatch | undefined,
): LogTexts {
  const [head] = rule.links;
  if (rule.links.length === 1) return first ?? NO_TEXTS;
  if (state.hasDeferredCaptures) return deferredLogTexts(head, state.store);
  return {
    message: logText(head.message, state.store),
    logData: logText(head.logData, state.store),
  };
}

const NO_TEXTS: LogTexts = { message: '', logData: '' };

function disrupt(state: TransactionState, { id, disruption }: Rule): void {
  switch (disruption.kind) {
    case 'pass':
      return;
    case 'deny':
      state.interrupt({ action: 'deny', status: disruption.status, ruleId: id, reason: 'rule' });
      return;
    case 'drop':
      state.interrupt({ action: 'drop', status: 403, ruleId: id, reason: 'rule' });
      return;
    case 'redirect': {
      const location = expandMacro(disruption.location, state.store);
      state.interrupt({
        action: 'redirect',
        status: disruption.status,
        ruleId: id,
        reason: 'rule',
        location,
      });
      return;
    }
    case 'allow':
      if (state.mode === 'On') state.allow = disruption.scope;
  }
}
