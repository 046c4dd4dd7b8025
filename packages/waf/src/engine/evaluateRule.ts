import { expandMacro } from '../request/macro.ts';
import { SEVERITY_NAMES } from '../seclang/rule.ts';
import type { Rule } from '../seclang/rule.ts';
import type { Exclusion } from '../seclang/target.ts';
import { evaluateLink } from './evaluateLink.ts';
import type { FindingMatch } from './finding.ts';
import { logText } from './logText.ts';
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
  const [first] = matches;
  const message = isChain ? logText(head.message, state.store) : () => first?.message ?? '';
  const logData = isChain ? logText(head.logData, state.store) : () => first?.logData ?? '';
  state.findings.push({
    ruleId: rule.id,
    phase: rule.phase,
    get message() {
      return message();
    },
    get logData() {
      return logData();
    },
    severity: rule.severity === null ? null : (SEVERITY_NAMES[rule.severity] ?? null),
    tags: rule.tags,
    version: rule.version,
    file: head.location.file,
    line: head.location.line,
    matches: head.test === null && !isChain ? [] : matches,
    scores: state.scores,
  });
}

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
