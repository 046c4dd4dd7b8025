import type { Rule } from './rule.ts';
import type { RuleMatcher } from './ruleMatcher.ts';

const known = new WeakMap<RuleMatcher, WeakMap<Rule, boolean>>();

/** Whether a rule is meant. Remembered, since ctl actions ask it in every transaction. */
export function matchesRule(matcher: RuleMatcher, rule: Rule): boolean {
  let answers = known.get(matcher);
  if (answers === undefined) {
    answers = new WeakMap();
    known.set(matcher, answers);
  }
  let answer = answers.get(rule);
  if (answer === undefined) {
    answer = isMeant(matcher, rule);
    answers.set(rule, answer);
  }
  return answer;
}

function isMeant(matcher: RuleMatcher, rule: Rule): boolean {
  if (matcher.kind === 'id') {
    return matcher.ranges.some(({ first, last }) => rule.id >= first && rule.id <= last);
  }
  const texts =
    matcher.kind === 'tag' ? rule.tags : rule.links.flatMap((link) => link.message?.source ?? []);
  const { regex } = matcher;
  if (regex === null) return texts.includes(matcher.text);
  return texts.some((text) => regex.test(text, { left: LOAD_TIME_STEPS }));
}

const LOAD_TIME_STEPS = 1_000_000;
