import type { Finding, Ruleset } from 'filmgate-waf';
import type { RuleFinding } from '../domain/audit.ts';
import { redactValue } from './redactValue.ts';

const matchedMax = 5;
const nameLengthMax = 120;

/** A finding as the audit log has it: no value whole, no message that quotes one. */
export function toRuleFinding(finding: Finding, messages: RuleMessages): RuleFinding {
  return {
    rule: finding.ruleId,
    phase: finding.phase,
    message: messages.of(finding),
    severity: finding.severity,
    tags: finding.tags,
    source: `${finding.file}:${finding.line}`,
    matched: finding.matches.slice(0, matchedMax).map(({ variable, value }) => ({
      variable: variable.slice(0, nameLengthMax),
      value: redactValue(variable, value),
    })),
    score: finding.scores
      .filter(({ variable }) => variable.includes('anomaly_score'))
      .reduce((sum, { added }) => sum + added, 0),
  };
}

/** What rules say without what they matched: a message may be built from values of the request. */
export class RuleMessages {
  readonly #fixed = new Map<number, string>();

  constructor({ rules }: Pick<Ruleset, 'rules'>) {
    for (const { id, links } of rules) {
      const parts = links[0].message?.parts ?? [];
      this.#fixed.set(id, parts.map((part) => (typeof part === 'string' ? part : '…')).join(''));
    }
  }

  of({ ruleId }: Finding): string {
    return this.#fixed.get(ruleId) ?? '';
  }
}
