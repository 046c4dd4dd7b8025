import type { Rule, RuleLink } from '../../seclang/rule.ts';
import type { Exclusion, Target } from '../../seclang/target.ts';
import type { Transformation } from '../../transformations/transformation.ts';
import { ByteClasses } from './byteClasses.ts';
import { chainStep, declareTransformation, joinSteps, Marks } from './chain.ts';
import type { Chain, ChainStep } from './chain.ts';
import { declareOperator, prefilterOf, wordsOf } from './prefilter.ts';
import type { Prefilter } from './prefilter.ts';
import { TextAnalyzer } from './textAnalyzer.ts';
import { buildWordAutomaton } from './wordAutomaton.ts';
import type { Word } from './wordAutomaton.ts';

/** A target as a chain of transformations sees it; links that share it share its summary. */
export interface Scope {
  readonly target: Target;
  readonly exclusions: readonly Exclusion[];
  readonly chain: Chain;
}

/** What is known of a link before any request. */
export interface KnownLink {
  readonly chain: Chain;
  readonly prefilter: Prefilter;
  /** The number of the group of scopes it looks at; -1 when it cannot be skipped by a summary. */
  readonly group: number;
}

/** What the fast evaluator knows of the rules of some phases. */
export interface Knowledge {
  readonly analyzer: TextAnalyzer;
  /** By the link's number. */
  readonly links: readonly (KnownLink | undefined)[];
  readonly scopes: readonly Scope[];
  /** The scopes of each group, by number. */
  readonly groups: readonly (readonly number[])[];
}

/** Work out what can be known of rules before any request. */
export function learn(rules: readonly Rule[]): Knowledge {
  const links = rules.flatMap((rule) => rule.links.filter(({ test }) => test !== null));
  const heads = new Set(rules.map((rule) => rule.links[0]));
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
  const known: (KnownLink | undefined)[] = [];
  links.forEach((link, number) => {
    if (link.test === null) return;
    const chain = registry.chain(link.transformations, link.multiMatch);
    const prefilter = prefilterOf(link.test.operator, number, classes);
    const group = heads.has(link) ? registry.group(link, chain, prefilter) : -1;
    known[link.number] = { chain, prefilter, group };
  });
  const automaton = buildWordAutomaton(words, links.length);
  const analyzer = new TextAnalyzer(automaton, classes);
  return { analyzer, links: known, scopes: registry.scopes, groups: registry.groups };
}

/** Numbers chains, scopes and groups, one for each that differs. */
class Registry {
  readonly scopes: Scope[] = [];
  readonly groups: number[][] = [];
  readonly #steps: ReadonlyMap<Transformation, ChainStep>;
  readonly #chains = new Map<string, Chain>();
  readonly #scopeNumbers = new Map<string, number>();
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

  group(link: RuleLink, chain: Chain, { needsWord, required }: Prefilter): number {
    const isHelpful = needsWord || required !== null;
    const isFixed = link.targets.every(({ variable, isCount }) => !variable.isVolatile && !isCount);
    if (link.test?.isNegated === true || !isHelpful || !isFixed) return -1;
    const scopes = link.targets.map((target) => this.#scope(target, link.exclusions, chain));
    return numbered(this.#groupNumbers, scopes.join(','), () => this.groups.push(scopes) - 1);
  }

  #scope(target: Target, all: readonly Exclusion[], chain: Chain): number {
    const exclusions = all.filter(({ variable }) => variable === target.variable.name);
    const key = [
      this.#identity(target.variable),
      this.#selector(target.selector),
      chain.number,
      ...exclusions.map(({ selector }) => this.#selector(selector)),
    ].join('|');
    return numbered(
      this.#scopeNumbers,
      key,
      () => this.scopes.push({ target, exclusions, chain }) - 1,
    );
  }

  #selector(selector: Target['selector']): string {
    if (selector === null) return '*';
    return selector.kind === 'key' ? `:${selector.key}` : `/${selector.regex.source}/`;
  }

  #identity(object: unknown): number {
    return numbered(this.#objects, object, () => this.#objects.size);
  }
}

function numbered<Key>(numbers: Map<Key, number>, key: Key, make: () => number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = make();
  numbers.set(key, number);
  return number;
}
