import type { Operator } from '../../operators/operator.ts';
import { Entry } from '../../request/entry.ts';
import type { TextRecord } from '../../request/textRecord.ts';
import { VariableStore } from '../../request/variableStore.ts';
import type { Rule, RuleLink, RuleTest } from '../../seclang/rule.ts';
import type { Exclusion, Target } from '../../seclang/target.ts';
import type { Transformation } from '../../transformations/transformation.ts';
import { ByteClasses } from './byteClasses.ts';
import { chainStep, declareTransformation, joinSteps, Marks } from './chain.ts';
import type { Chain, ChainStep } from './chain.ts';
import { declareOperator, prefilterOf, wordsOf } from './prefilter.ts';
import type { Prefilter } from './prefilter.ts';
import { StateMemory } from '../../regex/stateMemory.ts';
import { isJoinable, JointPattern, SAMPLES } from './jointPattern.ts';
import { recordMayMatch } from './summary.ts';
import { TextAnalyzer } from './textAnalyzer.ts';
import { buildWordAutomaton } from './wordAutomaton.ts';
import type { Word } from './wordAutomaton.ts';

/** A target without what is excluded from it; links that share it share its values. */
export interface KnownTarget {
  readonly target: Target;
  readonly exclusions: readonly Exclusion[];
}

/** A target, by number, as a chain of transformations sees it; links that share it share its summary. */
export interface Scope {
  readonly target: number;
  readonly chain: Chain;
}

/** The targets that a link looks at, as numbers of targets and of scopes. */
export interface Group {
  /** Groups of the same targets have the same base, whatever their chains. */
  readonly base: number;
  readonly targets: readonly number[];
  readonly scopes: readonly number[];
}

/** What is known of a link before any request. */
export interface KnownLink {
  readonly chain: Chain;
  readonly prefilter: Prefilter;
  /** The number of the group of scopes it looks at; -1 when it cannot be skipped by a summary. */
  readonly group: number;
  /** The number of the joint pattern that stands for this link's operator too; -1 when none does. */
  readonly joint: number;
}

/** What the fast evaluator knows of the rules of some phases. */
export interface Knowledge {
  readonly analyzer: TextAnalyzer;
  /** By the link's number. */
  readonly links: readonly (KnownLink | undefined)[];
  readonly targets: readonly KnownTarget[];
  readonly scopes: readonly Scope[];
  /** Patterns for all operators that benign texts often get to. */
  readonly joints: readonly JointPattern[];
  /** The scopes of each group, by number. */
  readonly groups: readonly Group[];
}

/** Work out what can be known of rules before any request. */
export function learn(rules: readonly Rule[]): Knowledge {
  const links = rules.flatMap((rule) => rule.links.filter(({ test }) => test !== null));
  const heads = new Set(rules.map((rule) => rule.links[0]));
  const familyOf = new Map(
    rules.flatMap((rule) => rule.links.map((link) => [link, levelOf(rule)] as const)),
  );
  const classes = new ByteClasses();
  const marks = new Marks();
  const transformations = [...new Set(links.flatMap((link) => link.transformations))];
  for (const transformation of transformations)
    declareTransformation(transformation, classes, marks);
  for (const { test } of links) if (test !== null) declareOperator(test.operator, classes);

  const words: Word[] = [...marks.entries].map(([text, bit]) => ({ text, test: -1, marks: bit }));
  links.forEach(({ test }, number) => {
    if (test !== null) words.push(...wordsOf(test.operator, number));
  });
  const registry = new Registry(
    transformations.map((one, number) => chainStep(one, number, classes, marks)),
  );
  const analyzer = new TextAnalyzer(buildWordAutomaton(words, links.length), classes);
  const samples = SAMPLES.map((sample) =>
    analyzer.record(new Entry('', '', sample), { left: sample.length }),
  );
  const prefilters = links.map(({ test }, number) =>
    prefilterOf(operatorOf(test), number, classes),
  );
  const families = new Families();
  const known: (KnownLink | undefined)[] = [];
  links.forEach((link, number) => {
    const prefilter = prefilters[number];
    if (prefilter === undefined) return;
    const chain = registry.chain(link.transformations, link.multiMatch);
    const joint = families.join(link, prefilter, familyOf.get(link) ?? '', samples);
    const isSummed = heads.has(link) && (joint >= 0 || isHelpful(prefilter));
    known[link.number] = {
      chain,
      prefilter,
      joint,
      group: isSummed ? registry.group(link, chain) : -1,
    };
  });
  const { targets, scopes, groups } = registry;
  return { analyzer, links: known, targets, scopes, groups, joints: families.joints() };
}

function operatorOf(test: RuleTest | null): Operator {
  if (test === null) throw new Error('a link without operator has no prefilter');
  return test.operator;
}

/** Gathers the patterns to join, in families. */
class Families {
  readonly #patterns = new Map<string, Set<string>>();

  /** The number of the family that a link's pattern joins; -1 where joining would not help. */
  join(
    { test }: RuleLink,
    prefilter: Prefilter,
    level: string,
    samples: readonly TextRecord[],
  ): number {
    const pattern = test?.operator.necessary ?? null;
    if (test === null || pattern === null || test.isNegated) return -1;
    if (!isJoinable(pattern) || !isWeak(prefilter, samples)) return -1;
    const isOwn = pattern === test.argument;
    if (isOwn && matchesSamples(test.operator)) return -1;
    const name = isOwn ? level : test.name;
    if (!this.#patterns.has(name) && this.#patterns.size >= FAMILIES_MAX) return -1;
    this.#patterns.set(name, (this.#patterns.get(name) ?? new Set()).add(pattern));
    return [...this.#patterns.keys()].indexOf(name);
  }

  joints(): JointPattern[] {
    const memory = new StateMemory(JOINT_STATE_BYTES_MAX);
    return [...this.#patterns.values()].map((patterns) => new JointPattern([...patterns], memory));
  }
}

/** Joint patterns have more states than those they stand for, and every text runs through them. */
const JOINT_STATE_BYTES_MAX = 12_000_000;

/** More would not fit the bits that a record keeps of them. */
const FAMILIES_MAX = 30;

/** Whether an operator matches harmless texts, so that a joint with it would match most. */
function matchesSamples(operator: Operator): boolean {
  const context = { store: new VariableStore(), wantsCapture: false, capture: () => undefined };
  return SAMPLES.some((sample) =>
    operator.evaluate(sample, { ...context, budget: { left: SAMPLE_STEPS } }),
  );
}

const SAMPLE_STEPS = 1_000_000;

/** Rules of one paranoia level run together, or not at all. */
function levelOf({ tags }: Rule): string {
  return tags.find((tag) => tag.startsWith('paranoia-level/')) ?? '';
}

function isHelpful({ needsWord, required }: Prefilter): boolean {
  return needsWord || required !== null;
}

/** Whether many harmless texts have what the operator needs. */
function isWeak(prefilter: Prefilter, samples: readonly TextRecord[]): boolean {
  const passing = samples.filter((sample) => recordMayMatch(sample, prefilter));
  return passing.length * WEAK_SHARE >= samples.length;
}

/** A filter that lets one sample in so many pass is weak. */
const WEAK_SHARE = 4;

/** Numbers chains, scopes and groups, one for each that differs. */
class Registry {
  readonly targets: KnownTarget[] = [];
  readonly scopes: Scope[] = [];
  readonly groups: Group[] = [];
  readonly #steps: ReadonlyMap<Transformation, ChainStep>;
  readonly #chains = new Map<string, Chain>();
  readonly #targetNumbers = new Map<string, number>();
  readonly #scopeNumbers = new Map<string, number>();
  readonly #baseNumbers = new Map<string, number>();
  readonly #groupNumbers = new Map<string, number>();
  readonly #objects = new Map<unknown, number>();

  constructor(steps: readonly ChainStep[]) {
    this.#steps = new Map(steps.map((step) => [step.transformation, step]));
  }

  chain(transformations: readonly Transformation[], multiMatch: boolean): Chain {
    const steps = transformations
      .map((one) => this.#steps.get(one))
      .filter((step) => step !== undefined);
    const key = `${steps.map(({ number }) => number).join(',')}/${multiMatch}`;
    const known = this.#chains.get(key);
    if (known !== undefined) return known;
    const chain = joinSteps(this.#chains.size, steps, multiMatch);
    this.#chains.set(key, chain);
    return chain;
  }

  group(link: RuleLink, chain: Chain): number {
    const isFixed = link.targets.every(({ variable, isCount }) => !variable.isVolatile && !isCount);
    if (link.test?.isNegated === true || !isFixed) return -1;
    const scopes = link.targets.map((target) => this.#scope(target, link.exclusions, chain));
    const targets = scopes.map((scope) => this.scopes[scope]?.target ?? -1);
    const base = numbered(this.#baseNumbers, targets.join(','), () => this.#baseNumbers.size);
    return numbered(
      this.#groupNumbers,
      scopes.join(','),
      () => this.groups.push({ base, targets, scopes }) - 1,
    );
  }

  #scope(target: Target, all: readonly Exclusion[], chain: Chain): number {
    const exclusions = all.filter(({ variable }) => variable === target.variable.name);
    const selectors = [target.selector, ...exclusions.map(({ selector }) => selector)];
    const targetKey = [this.#identity(target.variable), ...selectors.map(selectorKey)].join('|');
    const number = numbered(
      this.#targetNumbers,
      targetKey,
      () => this.targets.push({ target, exclusions }) - 1,
    );
    return numbered(
      this.#scopeNumbers,
      `${number}/${chain.number}`,
      () => this.scopes.push({ target: number, chain }) - 1,
    );
  }

  #identity(object: unknown): number {
    return numbered(this.#objects, object, () => this.#objects.size);
  }
}

function selectorKey(selector: Target['selector']): string {
  if (selector === null) return '*';
  return selector.kind === 'key' ? `:${selector.key}` : `/${selector.regex.source}/`;
}

function numbered<Key>(numbers: Map<Key, number>, key: Key, make: () => number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = make();
  numbers.set(key, number);
  return number;
}
