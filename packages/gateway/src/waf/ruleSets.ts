import {
  compile,
  DEEP_DECODING_LIMITS,
  parseRules,
  RuleSyntaxError,
  type Rules,
  type Ruleset,
  type RulesetOptions,
} from 'filmgate-waf';
import { ConfigError } from '../config/load.ts';
import { ownRules, type OwnLimits } from './ownRules.ts';
import { overridesText, type Override } from './overrides.ts';
import { isKnownSound, rememberSound } from './sound.ts';
import { readRules, type RulePlaces, type RuleTexts } from './sources.ts';

/** How rule sets are put to use. */
export interface WafOptions {
  readonly places: () => RulePlaces;
  readonly overrides: readonly Override[];
  /** First path segments of the provider's operations. */
  readonly prefix: string;
  readonly limits: OwnLimits;
  readonly engine: Pick<
    RulesetOptions,
    | 'mode'
    | 'paranoiaLevel'
    | 'inboundThreshold'
    | 'outboundThreshold'
    | 'allowedMethods'
    | 'allowedContentTypes'
    | 'requestBodyBytesMax'
    | 'responseBodyBytesMax'
    | 'budgetSteps'
  >;
  /** Remembers which rules were found sound, so that the next start need not look before it listens. */
  readonly soundFile: string | null;
  readonly alarm: (message: string) => void;
}

/** The rules of one load. Requests keep those with which they began. */
export interface RulesInForce {
  readonly main: Ruleset;
  /** What reporting overrides took out of `main`, to be looked at beside it; null: nothing. */
  readonly shadow: Ruleset | null;
  readonly facts: RuleSetFacts;
}

export interface RuleSetFacts {
  readonly crs: { readonly folder: string; readonly signature: string } | null;
  readonly rules: number;
  readonly paranoia: number;
  readonly inboundThreshold: number;
  readonly outboundThreshold: number;
  /** What an operator should know though the rules load. */
  readonly warnings: readonly string[];
}

/** The rules in force, and their exchange for newer ones. */
export class RuleSets {
  readonly #options: WafOptions;
  /** Read and known to be sound, but not compiled yet. */
  #waiting: Loaded | null = null;
  #inForce: RulesInForce | null = null;

  /** @throws ConfigError, with file and line, for rules that the engine refuses */
  constructor(options: WafOptions) {
    this.#options = options;
    const loaded = read(options);
    if (!isKnownSound(options.soundFile, loaded.texts)) {
      this.#inForce = this.#make(loaded);
      return;
    }
    this.#waiting = loaded;
  }

  /** Compiled at the latest when first asked for. */
  get inForce(): RulesInForce {
    this.#inForce ??= this.#make(this.#waiting ?? read(this.#options));
    this.#waiting = null;
    return this.#inForce;
  }

  /**
   * Reads everything again. Requests under way go on with the rules that they began with.
   * @throws ConfigError for rules that the engine refuses: those in force stay
   */
  reload(): RuleSetFacts {
    this.#inForce = this.#make(read(this.#options));
    this.#waiting = null;
    return this.#inForce.facts;
  }

  /** For a moment when nobody waits. Failing here, every request is refused until a reload mends it. */
  prepare(): void {
    try {
      void this.inForce;
    } catch (error) {
      this.#options.alarm(error instanceof Error ? error.message : 'the WAF rules do not compile');
    }
  }

  #make(loaded: Loaded): RulesInForce {
    const made = toRules(loaded, this.#options);
    rememberSound(this.#options.soundFile, loaded.texts);
    for (const warning of made.facts.warnings) {
      if (isOurs(warning, loaded.places)) this.#options.alarm(`WAF rules: ${warning}`);
    }
    return made;
  }
}

const overridesName = 'waf.overrides';

interface Loaded {
  readonly places: RulePlaces;
  readonly texts: RuleTexts;
}

function read({ places: find, limits, overrides, prefix }: WafOptions): Loaded {
  const places = find();
  const texts = readRules(places, [
    ownRules(limits),
    { name: overridesName, text: overridesText(overrides, prefix) },
  ]);
  return { places, texts };
}

function toRules({ places, texts }: Loaded, options: WafOptions): RulesInForce {
  const rules = parse(texts);
  const engine: RulesetOptions = {
    ...options.engine,
    deepDecoding: DEEP_DECODING_LIMITS,
    responseBodyAccess: true,
    responseMimeTypes,
    // The Core Rule Set refuses everything where it finds no set-up.
    ...(texts.hasSetup ? {} : { variables: { crs_setup_version: '400' } }),
  };
  const main = compile(rules, engine);
  const reporting = options.overrides.filter(({ mode }) => mode === 'report');
  return {
    main,
    shadow: reporting.length === 0 ? null : compile(reportingRules(options, reporting), engine),
    facts: {
      crs: places.crs === null ? null : { folder: places.crs, signature: signatureOf(main) },
      rules: main.rules.length,
      paranoia: options.engine.paranoiaLevel ?? 1,
      inboundThreshold: options.engine.inboundThreshold ?? 0,
      outboundThreshold: options.engine.outboundThreshold ?? 0,
      warnings: [...new Set(main.warnings)],
    },
  };
}

const responseMimeTypes = ['application/json', 'text/plain', 'text/html', 'text/xml'];

/** The rules that report, as they are without any override, and what sets them up; none that refuses by score. */
function reportingRules(options: WafOptions, reporting: readonly Override[]): Rules {
  const all = parse(readRules(options.places(), [ownRules(options.limits)]));
  const isMeant = ({ select }: Override, id: number, tags: readonly string[]): boolean =>
    'rule' in select ? select.rule === id : tags.includes(select.tag);
  const items = all.items.filter(
    (item) =>
      item.kind === 'marker' ||
      !item.log ||
      reporting.some((override) => isMeant(override, item.id, item.tags)),
  );
  return { ...all, items };
}

function parse({ sources, readData }: RuleTexts): Rules {
  try {
    return parseRules(sources, readData);
  } catch (error) {
    if (!(error instanceof RuleSyntaxError)) throw error;
    throw new ConfigError(`the WAF rules are refused\n${error.message}`);
  }
}

/** Whether it is about what the operator wrote, as opposed to what a release holds. */
const isOurs = (warning: string, { exclusions }: RulePlaces): boolean =>
  warning.startsWith(overridesName) || warning.startsWith(exclusions);

const signatureOf = ({ settings }: Ruleset): string =>
  settings.componentSignatures.find((one) => one.startsWith('OWASP_CRS')) ?? 'unknown';
