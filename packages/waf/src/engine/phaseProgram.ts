import type { Matched } from '../request/variableStore.ts';
import type { Phase, Rule, RuleItem } from '../seclang/rule.ts';

/** A rule at its place in a phase. */
export interface Step {
  readonly rule: Rule;
  /** The index of the step at which to go on after `skip` or `skipAfter`. */
  readonly jump: number;
  /** The matches that are the same for every transaction, none when it never matches; null when not known. */
  readonly foreseen: readonly Matched[] | null;
}

/** The rules of one phase in order, jumps resolved. */
export function phaseProgram(items: readonly RuleItem[], phase: Phase): Step[] {
  const rules: { rule: Rule; place: number }[] = [];
  items.forEach((item, place) => {
    if (item.kind === 'rule' && item.phase === phase) rules.push({ rule: item, place });
  });
  return rules.map(({ rule, place }, index) => {
    if (rule.skipAfter === null) return { rule, jump: index + 1 + rule.skip, foreseen: null };
    const target = placeOfLabel(items, rule.skipAfter, place);
    const next = rules.findIndex((other) => other.place > target);
    return { rule, jump: next === -1 ? rules.length : next, foreseen: null };
  });
}

/** The place of a marker, or of the rule whose id is the label, after a place; the end when there is none. */
function placeOfLabel(items: readonly RuleItem[], label: string, after: number): number {
  for (let place = after + 1; place < items.length; place++) {
    const item = items[place];
    if (item === undefined) break;
    if (item.kind === 'marker' ? item.label === label : String(item.id) === label) return place;
  }
  return items.length;
}
