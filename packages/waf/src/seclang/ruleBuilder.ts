import { Entry } from '../request/entry.ts';
import { StateMemory } from '../regex/stateMemory.ts';
import { ALWAYS_EMPTY } from '../request/variables.ts';
import { parseActions } from './actions.ts';
import type { ActionSet, WrittenDisruption } from './actions.ts';
import { splitActions } from './actionList.ts';
import { tokenError } from './lexer.ts';
import type { DirectiveLine, Token } from './lexer.ts';
import { parseTest } from './operatorText.ts';
import type { OperatorSurroundings } from './operatorText.ts';
import type { Disruption, Phase, Rule, RuleItem, RuleLink } from './rule.ts';
import { parseTargets } from './targets.ts';

const DEFAULT_PHASE: Phase = 2;

/** For the automata of all patterns of a rule set. */
const STATE_BYTES_MAX = 24_000_000;

interface OpenChain {
  readonly line: DirectiveLine;
  readonly head: ActionSet;
  readonly links: [RuleLink, ...RuleLink[]];
}

/** Builds rules from SecRule, SecAction, SecMarker and SecDefaultAction, in the order they are read. */
export class RuleBuilder {
  readonly items: RuleItem[] = [];
  readonly warnings: string[] = [];
  readonly #ids = new Set<number>();
  readonly #defaults = new Map<Phase, ActionSet>();
  readonly #memory = new StateMemory(STATE_BYTES_MAX);
  #chain: OpenChain | null = null;
  #linkCount = 0;

  secRule(line: DirectiveLine, readData: OperatorSurroundings['readData']): void {
    const [targets, test, actions] = line.words;
    if (targets === undefined || test === undefined)
      throw missing(line, 'variables and an operator');
    const surroundings = {
      readData,
      warn: (message: string) => this.#warn(line.name, message),
      memory: this.#memory,
    };
    const parsed = parseTargets(targets);
    for (const { variable } of parsed.targets) {
      if (ALWAYS_EMPTY.includes(variable.name))
        this.#warn(line.name, `${variable.name} is always empty here`);
    }
    this.#add(line, actions, (set) => ({
      ...this.#common(line, set),
      ...parsed,
      test: parseTest(test, surroundings),
    }));
  }

  secAction(line: DirectiveLine): void {
    const [actions] = line.words;
    if (actions === undefined) throw missing(line, 'a list of actions');
    this.#add(line, actions, (set) => ({
      ...this.#common(line, set),
      targets: [],
      exclusions: [],
      test: null,
    }));
  }

  secMarker(line: DirectiveLine): void {
    const [label] = line.words;
    if (label === undefined) throw missing(line, 'a label');
    this.#refuseOpenChain();
    this.items.push({ kind: 'marker', label: label.text });
  }

  secDefaultAction(line: DirectiveLine): void {
    const [actions] = line.words;
    if (actions === undefined) throw missing(line, 'a list of actions');
    const set = parseActions(splitActions(actions));
    if (
      set.phase === undefined ||
      set.disruption === undefined ||
      set.disruption.kind === 'block'
    ) {
      throw tokenError(actions, 0, 'SecDefaultAction needs a phase and a disruptive action');
    }
    if (set.id !== undefined || set.isChained === true || set.effects.length > 0) {
      throw tokenError(
        actions,
        0,
        'SecDefaultAction takes neither id, chain nor actions that set something',
      );
    }
    this.#defaults.set(set.phase, set);
  }

  /** Must be called after the last line: a chain that is still open is an error. */
  finish(): void {
    this.#refuseOpenChain();
  }

  #add(line: DirectiveLine, actions: Token | undefined, build: (set: ActionSet) => RuleLink): void {
    const set = parseActions(actions === undefined ? [] : splitActions(actions));
    for (const warning of set.warnings) this.#warn(line.name, warning);
    const chain = this.#chain;
    if (chain !== null) {
      this.#refuseHeadActions(line, set);
      chain.links.push(build({ ...set, phase: chain.head.phase ?? DEFAULT_PHASE }));
      if (set.isChained !== true) this.#close(chain);
      return;
    }
    this.#checkId(line, actions, set);
    const opened: OpenChain = { line, head: set, links: [build(set)] };
    if (set.isChained === true) this.#chain = opened;
    else this.#close(opened);
  }

  #common(line: DirectiveLine, set: ActionSet): Omit<RuleLink, 'targets' | 'exclusions' | 'test'> {
    const defaults = this.#defaults.get(set.phase ?? DEFAULT_PHASE);
    const inherited = set.clearsTransformations ? [] : (defaults?.transformations ?? []);
    return {
      number: this.#linkCount++,
      location: { file: line.name.source.name, line: line.name.line },
      transformations: [...inherited, ...set.transformations],
      multiMatch: set.multiMatch ?? false,
      capture: set.capture ?? false,
      effects: set.effects,
      message: set.message ?? null,
      logData: set.logData ?? null,
    };
  }

  #checkId(line: DirectiveLine, actions: Token | undefined, set: ActionSet): void {
    const place = actions ?? line.name;
    if (set.id === undefined) throw tokenError(place, 0, 'the rule has no id');
    if (this.#ids.has(set.id)) {
      throw tokenError(
        place,
        Math.max(0, place.text.indexOf('id:')),
        `there is another rule with id ${set.id}`,
      );
    }
    this.#ids.add(set.id);
  }

  #refuseHeadActions(line: DirectiveLine, set: ActionSet): void {
    const has =
      set.id !== undefined ||
      set.phase !== undefined ||
      set.skipAfter !== undefined ||
      set.skip !== undefined;
    if (
      has ||
      (set.disruption !== undefined &&
        set.disruption.kind !== 'block' &&
        set.disruption.kind !== 'pass')
    ) {
      throw tokenError(
        line.name,
        0,
        'only the first rule of a chain may have id, phase, skip and disruptive actions',
      );
    }
  }

  #refuseOpenChain(): void {
    if (this.#chain === null) return;
    throw tokenError(this.#chain.line.name, 0, 'a chain that begins here is never completed');
  }

  #close({ head, links }: OpenChain): void {
    this.#chain = null;
    const phase = head.phase ?? DEFAULT_PHASE;
    const defaults = this.#defaults.get(phase);
    const log = head.log ?? defaults?.log ?? true;
    const rule: Rule = {
      kind: 'rule',
      id: head.id ?? 0,
      phase,
      links,
      tags: head.tags,
      severity: head.severity ?? null,
      version: head.version ?? '',
      revision: head.revision ?? '',
      disruption: disruptionOf(head, defaults),
      log,
      auditLog: head.auditLog ?? defaults?.auditLog ?? log,
      skip: head.skip ?? 0,
      skipAfter: head.skipAfter ?? null,
      description: describe(head),
    };
    this.items.push(rule);
  }

  #warn(token: Token, message: string): void {
    this.warnings.push(`${token.source.name}:${token.line} ${message}`);
  }
}

function describe(head: ActionSet): Entry[] {
  const values: readonly (readonly [string, string])[] = [
    ['id', String(head.id ?? '')],
    ['msg', head.message?.source ?? ''],
    ['rev', head.revision ?? ''],
    ['severity', String(head.severity ?? '')],
    ['logdata', head.logData?.source ?? ''],
  ];
  return values.map(([key, value]) => new Entry('RULE', key, value));
}

function disruptionOf(set: ActionSet, defaults: ActionSet | undefined): Disruption {
  const written: WrittenDisruption = set.disruption ?? { kind: 'block' };
  const isBlock = written.kind === 'block';
  const chosen = isBlock ? (defaults?.disruption ?? { kind: 'pass' }) : written;
  if (chosen.kind === 'block') return { kind: 'pass' };
  const status = set.status ?? (isBlock ? defaults?.status : undefined);
  if (status === undefined || (chosen.kind !== 'deny' && chosen.kind !== 'redirect')) return chosen;
  return { ...chosen, status };
}

/** The rule with other actions laid over its own, as SecRuleUpdateActionById does. */
export function withActions(rule: Rule, set: ActionSet): Rule {
  const [head, ...rest] = rule.links;
  const updated: RuleLink = {
    ...head,
    message: set.message ?? head.message,
    logData: set.logData ?? head.logData,
    capture: set.capture ?? head.capture,
    multiMatch: set.multiMatch ?? head.multiMatch,
    effects: [...head.effects, ...set.effects],
    transformations: set.clearsTransformations
      ? set.transformations
      : [...head.transformations, ...set.transformations],
  };
  const base: ActionSet = { ...set, disruption: set.disruption ?? rule.disruption };
  return {
    ...rule,
    links: [updated, ...rest],
    tags: [...rule.tags, ...set.tags],
    severity: set.severity ?? rule.severity,
    version: set.version ?? rule.version,
    revision: set.revision ?? rule.revision,
    disruption: disruptionOf(base, undefined),
    log: set.log ?? rule.log,
    auditLog: set.auditLog ?? rule.auditLog,
    skip: set.skip ?? rule.skip,
    skipAfter: set.skipAfter ?? rule.skipAfter,
  };
}

function missing(line: DirectiveLine, what: string): Error {
  return tokenError(line.name, 0, `${line.name.text} needs ${what}`);
}
