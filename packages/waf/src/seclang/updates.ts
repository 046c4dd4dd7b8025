import type { ActionSet } from './actions.ts';
import type { Rule, RuleItem } from './rule.ts';
import { withActions } from './ruleBuilder.ts';
import { matchesRule } from './matchesRule.ts';
import type { RuleMatcher } from './ruleMatcher.ts';
import type { ParsedTargets } from './targets.ts';

/** A change of rules that are written elsewhere, applied when all rules are read. */
export type RuleUpdate =
  | { readonly kind: 'remove'; readonly matcher: RuleMatcher; readonly place: string }
  | {
      readonly kind: 'targets';
      readonly matcher: RuleMatcher;
      readonly targets: ParsedTargets;
      readonly place: string;
    }
  | {
      readonly kind: 'actions';
      readonly matcher: RuleMatcher;
      readonly actions: ActionSet;
      readonly place: string;
    };

/** Apply the updates in order; `warn` hears of each that means no rule. */
export function applyUpdates(
  items: readonly RuleItem[],
  updates: readonly RuleUpdate[],
  warn: (message: string) => void,
): RuleItem[] {
  let current = [...items];
  for (const update of updates) {
    let count = 0;
    current = current.flatMap((item) => {
      if (item.kind === 'marker' || !matchesRule(update.matcher, item)) return [item];
      count++;
      return updated(item, update);
    });
    if (count === 0) warn(`${update.place} no rule is meant by this`);
  }
  return current;
}

function updated(rule: Rule, update: RuleUpdate): RuleItem[] {
  switch (update.kind) {
    case 'remove':
      return [];
    case 'targets':
      return [withTargets(rule, linkOf(update.matcher, rule), update.targets)];
    case 'actions':
      return [withActions(rule, update.actions)];
  }
}

/** Which link of a chain a matcher by id names; the head otherwise. */
function linkOf(matcher: RuleMatcher, rule: Rule): number {
  if (matcher.kind !== 'id') return 0;
  return matcher.ranges.find(({ first, last }) => rule.id >= first && rule.id <= last)?.link ?? 0;
}

function withTargets(rule: Rule, index: number, { targets, exclusions }: ParsedTargets): Rule {
  const [head, ...rest] = rule.links.map((link, at) =>
    at === index
      ? {
          ...link,
          targets: [...link.targets, ...targets],
          exclusions: [...link.exclusions, ...exclusions],
        }
      : link,
  );
  return head === undefined ? rule : { ...rule, links: [head, ...rest] };
}
