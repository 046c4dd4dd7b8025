import type { Interruption } from 'filmgate-waf';
import type { RuleFinding } from '../domain/audit.ts';
import { deny, type Denial } from '../domain/denial.ts';

/** Why the engine stopped a request or an answer, as a denial that tells the caller no rule. */
export function toDenial(
  { reason }: Pick<Interruption, 'reason'>,
  facts: {
    readonly requestId: string;
    readonly findings: readonly RuleFinding[];
    readonly of: 'request' | 'answer';
    readonly bodyBytesMax: number;
  },
): Denial {
  switch (reason) {
    case 'rule':
      return blocked(facts.requestId, facts.findings, facts.of);
    case 'budget':
      return deny(facts.of === 'request' ? 'waf_budget_exceeded' : 'waf_response_blocked', {
        detail: {
          reason: `the ${facts.of} takes more steps to inspect than are allowed`,
          source: 'waf.budget_steps',
          remedy: 'send less at once, or set waf.budget_steps',
        },
      });
    case 'body_limit':
      return deny(facts.of === 'request' ? 'body_too_large' : 'waf_response_blocked', {
        hint: `at most ${facts.bodyBytesMax} bytes`,
        detail: {
          reason: `the body is larger than the ${facts.bodyBytesMax} bytes that are inspected`,
          source: 'waf.inspect',
          remedy: 'raise waf.inspect, or send less at once',
        },
      });
    case 'internal':
      return deny('guard_failed', {
        detail: { reason: `the engine failed at the ${facts.of}; it was not inspected` },
      });
  }
}

function blocked(
  requestId: string,
  findings: readonly RuleFinding[],
  of: 'request' | 'answer',
): Denial {
  const scoring = findings.filter(({ score, matched }) => score > 0 && matched.length > 0);
  const deciding = scoring.length > 0 ? scoring : findings.slice(-1);
  const rules = [...new Set(deciding.map(({ rule }) => rule))];
  const fields = [
    ...new Set(deciding.flatMap(({ matched }) => matched.map(({ variable }) => variable))),
  ];
  const top = deciding.toSorted((one, other) => other.score - one.score)[0];
  return deny(of === 'request' ? 'waf_blocked' : 'waf_response_blocked', {
    detail: {
      reason: `${top?.message ?? 'a rule matched'} (${listed(rules.map(String), 'rule')}${fields.length === 0 ? '' : ` in ${listed(fields)}`}; score ${scoring.reduce((sum, { score }) => sum + score, 0)})`,
      ...(top && { source: top.source }),
      remedy: `where this is no attack: filmgate waf exclude ${requestId}`,
    },
  });
}

const listedMax = 4;

function listed(items: readonly string[], noun = ''): string {
  const shown = items.slice(0, listedMax).join(', ');
  const more = items.length > listedMax ? ` and ${items.length - listedMax} more` : '';
  const name = noun === '' ? '' : `${noun}${items.length === 1 ? '' : 's'} `;
  return `${name}${shown}${more}`;
}
