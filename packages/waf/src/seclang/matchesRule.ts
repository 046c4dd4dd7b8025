import type { Rule } from './rule.ts';
import type { RuleMatcher } from './ruleMatcher.ts';

/** Whether a rule is meant. */
export function matchesRule(matcher: RuleMatcher, rule: Rule): boolean {
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
