import type { Entry } from '../../request/entry.ts';
import type { Captures, DeferredCaptures, Operator } from '../../operators/operator.ts';
import { TextRecord } from '../../request/textRecord.ts';
import type { VariableStore } from '../../request/variableStore.ts';
import type { Phase, Rule, RuleItem, RuleLink, RuleTest } from '../../seclang/rule.ts';
import { selectEntries } from '../selectEntries.ts';
import type { Shortcuts, Value } from '../shortcuts.ts';
import type { TransactionState } from '../transactionState.ts';
import { possibleBytes } from './chain.ts';
import type { Chain, ChainStep } from './chain.ts';
import { learn } from './knowledge.ts';
import type { Group, Knowledge, KnownLink } from './knowledge.ts';
import { canHold, isUntouched, recordMayMatch, Summary } from './summary.ts';

/**
 * Shortcuts that skip what cannot match, going by one pass over each text: rules of whose words none
 * stands in any entry, entries that lack them, transformations that change nothing. The rules about
 * responses are worked out when the first response comes.
 */
export function fastShortcuts(items: readonly RuleItem[]): () => Shortcuts {
  const rules = items.filter((item) => item.kind === 'rule');
  const request = learn(rules.filter(({ phase }) => phase <= 2));
  let response: Knowledge | null = null;
  const knowledgeOf = (phase: Phase): Knowledge => {
    if (phase <= 2) return request;
    response ??= learn(rules.filter((rule) => rule.phase > 2));
    return response;
  };
  return () => new FastShortcuts(knowledgeOf);
}

/** The values of a target in one phase. */
interface TargetValues {
  readonly records: readonly TextRecord[];
  readonly summary: Summary;
}

/** What the targets of a group hold, those without entries left out. */
interface GroupValues {
  readonly summaries: readonly Summary[];
  /** Which joint patterns were tried on the values, as bits, and which of them match one. */
  jointsTried: number;
  jointsMatching: number;
}

const NOTHING = new Summary();
const NO_ENTRIES: readonly Entry[] = [];
const EMPTY_TARGET: TargetValues = { records: [], summary: NOTHING };
const NO_VALUES: GroupValues = { summaries: [], jointsTried: 0, jointsMatching: 0 };

class FastShortcuts implements Shortcuts {
  readonly #knowledgeOf: (phase: Phase) => Knowledge;
  #knowledge: Knowledge;
  /** What is known of the values, by number; kept from phase to phase while the variables stay. */
  #targets: (TargetValues | undefined)[] = [];
  #scopes: (Summary | undefined)[] = [];
  #groups: (GroupValues | undefined)[] = [];
  /** Whether there is any entry in the targets of groups with the same base. */
  #bases: (boolean | undefined)[] = [];
  /** Where the summaries of a group are gathered. */
  readonly #found: Summary[] = [];

  constructor(knowledgeOf: (phase: Phase) => Knowledge) {
    this.#knowledgeOf = knowledgeOf;
    this.#knowledge = knowledgeOf(1);
    this.#forgetAll();
  }

  beginPhase(phase: Phase, { changed }: VariableStore): void {
    const knowledge = this.#knowledgeOf(phase);
    if (knowledge !== this.#knowledge) {
      this.#knowledge = knowledge;
      this.#forgetAll();
    } else if (phase > 1 && changed.size > 0) {
      this.#forget(changed);
    }
    changed.clear();
  }

  #forgetAll(): void {
    const { targets, scopes, groups } = this.#knowledge;
    this.#targets = new Array(targets.length);
    this.#scopes = new Array(scopes.length);
    this.#groups = new Array(groups.length);
    this.#bases = new Array(groups.length);
  }

  #forget(changed: ReadonlySet<string>): void {
    const { targets, scopes, groups } = this.#knowledge;
    const known = this.#targets;
    for (let number = 0; number < targets.length; number++) {
      if (changed.has(targets[number]!.target.variable.name)) known[number] = undefined;
    }
    for (let number = 0; number < scopes.length; number++) {
      if (known[scopes[number]!.target] === undefined) this.#scopes[number] = undefined;
    }
    for (let number = 0; number < groups.length; number++) {
      const group = groups[number]!;
      if (group.targets.every((target) => known[target] !== undefined)) continue;
      this.#groups[number] = undefined;
      this.#bases[group.base] = undefined;
    }
  }

  ruleMayMatch(state: TransactionState, rule: Rule): boolean {
    const known = this.#knowledge.links[rule.links[0].number];
    if (known === undefined || known.group < 0) return true;
    const group = this.#groups[known.group] ?? this.#makeGroup(state, known.group);
    for (const summary of group.summaries) {
      if (summary.mayMatch(known.prefilter)) {
        return known.joint < 0 || this.#jointMatchesGroup(state, group, known);
      }
    }
    return false;
  }

  candidates(state: TransactionState, link: RuleLink, entries: readonly Entry[]): readonly Entry[] {
    if (link.test?.isNegated === true) return entries;
    const known = this.#known(link);
    let candidates: Entry[] | null = null;
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index]!;
      if (!entryMayMatch(this.#recordOf(state, entry), known)) continue;
      if (entries.length === 1) return entries;
      candidates ??= [];
      candidates.push(entry);
    }
    return candidates ?? NO_ENTRIES;
  }

  valueOf(state: TransactionState, link: RuleLink, entry: Entry): Value {
    return this.#lastValue(state, this.#recordOf(state, entry), this.#known(link).chain);
  }

  valuesOf(state: TransactionState, link: RuleLink, entry: Entry): readonly Value[] {
    return this.#allValues(state, this.#recordOf(state, entry), this.#known(link).chain);
  }

  holds(state: TransactionState, link: RuleLink, { operator }: RuleTest, value: Value): boolean {
    if (!(value instanceof TextRecord)) return operator.evaluate(value.text, state);
    const { prefilter, joint } = this.#known(link);
    if (!recordMayMatch(value, prefilter)) return false;
    if (joint >= 0 && !this.#jointMatches(state, value, joint)) return false;
    if (!value.isShared || !operator.isPure) return operator.evaluate(value.text, state);
    return recalled(state, operator, value, prefilter.test);
  }

  #known(link: RuleLink): KnownLink {
    const known = this.#knowledge.links[link.number];
    if (known === undefined) throw new Error(`link ${link.number} is not known in this phase`);
    return known;
  }

  #recordOf(state: TransactionState, entry: Entry): TextRecord {
    const { analyzer } = this.#knowledge;
    if (entry.record?.owner !== analyzer) entry.record = analyzer.record(entry, state.budget);
    return entry.record;
  }

  #lastValue(state: TransactionState, record: TextRecord, chain: Chain): TextRecord {
    let current = record;
    for (const step of chain.steps) current = this.#applied(state, current, step);
    return current;
  }

  #allValues(state: TransactionState, record: TextRecord, chain: Chain): readonly TextRecord[] {
    const values = [record];
    let current = record;
    for (const step of chain.steps) {
      const next = this.#applied(state, current, step);
      if (next !== current) values.push(next);
      current = next;
    }
    return values;
  }

  #applied(state: TransactionState, record: TextRecord, step: ChainStep): TextRecord {
    const { changing, marks, isAlways } = step;
    const changes =
      isAlways ||
      ((record.bytesLow & changing.low) |
        (record.bytesHigh & changing.high) |
        (record.marks & marks)) !==
        0;
    return changes ? this.#knowledge.analyzer.transformed(record, step, state.budget) : record;
  }

  #jointMatches(state: TransactionState, record: TextRecord, joint: number): boolean {
    const bit = 1 << joint;
    if ((record.jointsTried & bit) === 0) {
      const matches = this.#knowledge.joints[joint]?.test(record.text, state.budget) ?? true;
      if (state.budgetExceeded) return true;
      record.jointsTried |= bit;
      if (matches) record.jointsMatching |= bit;
    }
    return (record.jointsMatching & bit) !== 0;
  }

  /** Whether the link's joint pattern matches a value that the link looks at. */
  #jointMatchesGroup(
    state: TransactionState,
    values: GroupValues,
    { group, joint }: KnownLink,
  ): boolean {
    const bit = 1 << joint;
    if ((values.jointsTried & bit) === 0) {
      const scopes = this.#knowledge.groups[group]?.scopes ?? [];
      const matches = scopes.some((scope) => this.#jointMatchesScope(state, scope, joint));
      values.jointsTried |= bit;
      if (matches) values.jointsMatching |= bit;
    }
    return (values.jointsMatching & bit) !== 0;
  }

  #jointMatchesScope(state: TransactionState, number: number, joint: number): boolean {
    const scope = this.#knowledge.scopes[number];
    if (scope === undefined) return true;
    return this.#valuesOfTarget(state, scope.target).records.some((record) =>
      this.#jointMatchesValues(state, record, scope.chain, joint),
    );
  }

  #jointMatchesValues(
    state: TransactionState,
    record: TextRecord,
    chain: Chain,
    joint: number,
  ): boolean {
    if (!chain.multiMatch)
      return this.#jointMatches(state, this.#lastValue(state, record, chain), joint);
    return this.#allValues(state, record, chain).some((value) =>
      this.#jointMatches(state, value, joint),
    );
  }

  #makeGroup(state: TransactionState, number: number): GroupValues {
    const group = this.#knowledge.groups[number];
    const values =
      group !== undefined && this.#hasEntries(state, group)
        ? this.#groupValues(state, group)
        : NO_VALUES;
    this.#groups[number] = values;
    return values;
  }

  #hasEntries(state: TransactionState, { base, targets }: Group): boolean {
    let hasEntries = this.#bases[base];
    if (hasEntries === undefined) {
      hasEntries = targets.some((target) => this.#valuesOfTarget(state, target).records.length > 0);
      this.#bases[base] = hasEntries;
    }
    return hasEntries;
  }

  #groupValues(state: TransactionState, { scopes }: Group): GroupValues {
    let count = 0;
    for (const scope of scopes) {
      const summary = this.#scopes[scope] ?? this.#summarizeScope(state, scope);
      if (summary !== NOTHING) this.#found[count++] = summary;
    }
    // Exactly as long as need be: there are some hundred of these in a request.
    const summaries = this.#found.slice(0, count);
    return { summaries, jointsTried: 0, jointsMatching: 0 };
  }

  #summarizeScope(state: TransactionState, number: number): Summary {
    const scope = this.#knowledge.scopes[number];
    const summary =
      scope === undefined ? NOTHING : this.#summaryUnder(state, scope.chain, scope.target);
    this.#scopes[number] = summary;
    return summary;
  }

  /** What the values of a target can hold once a chain has transformed them. */
  #summaryUnder(state: TransactionState, chain: Chain, target: number): Summary {
    const { records, summary: raw } = this.#valuesOfTarget(state, target);
    if (records.length === 0) return NOTHING;
    if (isUntouched(raw, chain)) return raw;
    const summary = Summary.from(raw);
    for (const record of records) {
      if (!isUntouched(record, chain)) this.#addTransformed(summary, state, record, chain);
    }
    return summary;
  }

  #addTransformed(
    summary: Summary,
    state: TransactionState,
    record: TextRecord,
    chain: Chain,
  ): void {
    const bytes = possibleBytes(record, chain.steps);
    if (bytes === null) {
      if (!chain.multiMatch) summary.add(this.#lastValue(state, record, chain));
      else for (const value of this.#allValues(state, record, chain)) summary.add(value);
      return;
    }
    summary.looseLow |= bytes.low;
    summary.looseHigh |= bytes.high;
  }

  #valuesOfTarget(state: TransactionState, number: number): TargetValues {
    const ready = this.#targets[number];
    if (ready !== undefined) return ready;
    const known = this.#knowledge.targets[number];
    const entries =
      known === undefined
        ? NO_ENTRIES
        : selectEntries(state.store, known.target, known.exclusions, state.budget);
    const values = entries.length === 0 ? EMPTY_TARGET : this.#summarized(state, entries);
    this.#targets[number] = values;
    return values;
  }

  #summarized(state: TransactionState, entries: readonly Entry[]): TargetValues {
    const summary = new Summary();
    const records = entries.map((entry) => this.#recordOf(state, entry));
    for (const record of records) summary.add(record);
    return { records, summary };
  }
}

/** False when nothing of what the operator needs can be in the value, transformed or not. */
function entryMayMatch(record: TextRecord, { chain, prefilter }: KnownLink): boolean {
  if (recordMayMatch(record, prefilter)) return true;
  if (isUntouched(record, chain)) return false;
  const bytes = possibleBytes(record, chain.steps);
  return bytes === null || canHold(bytes.low, bytes.high, prefilter);
}

/** What outlives the transaction must not ask for its work allowance later. */
function found(captured: Captures | DeferredCaptures | null): Captures | null {
  return captured !== null && 'count' in captured ? captured.find() : captured;
}

/** What a pure operator says of a text that comes again, with what it captures. */
function recalled(
  state: TransactionState,
  operator: Operator,
  record: TextRecord,
  number: number,
): boolean {
  const known = record.outcome(number);
  if (known !== undefined) {
    if (known.groups !== null && state.wantsCapture) state.capture(known.groups);
    return known.holds;
  }
  state.captured = null;
  const holds = operator.evaluate(record.text, state);
  if (state.budgetExceeded) return holds;
  const groups = found(state.captured);
  if (!state.budgetExceeded) record.setOutcome(number, { holds, groups });
  return holds;
}
