import type { DeepDecodingLimits } from '../decoding/decodeDeep.ts';
import type { EngineMode } from '../seclang/effect.ts';

/** The work that a transaction may take: so many steps, and more for each byte that is looked at. */
export interface WorkAllowance {
  readonly stepsBase: number;
  readonly stepsPerByte: number;
}

/**
 * The bytes of a request are those of its target, its fields and its body; a response has an
 * allowance of its own. Prose in one body costs about 110 steps a byte with the Core Rule Set at
 * paranoia level 1 and 150 at level 4, short values much less. A step takes 2 to 5 ns, so a spent
 * allowance is some 5 ms at 4 KB, 30 ms at 60 KB and 0.4 s at 1 MB: less for large bodies would refuse
 * long scripts of ordinary prose. `npm run evil` measures it; a test asserts how far from it ordinary
 * requests stay.
 */
export const WORK_ALLOWANCE: WorkAllowance = {
  stepsBase: 1_000_000,
  stepsPerByte: 120,
};

/** What a message of so many bytes may take. */
export function stepsAllowed(allowance: WorkAllowance, bytes: number): number {
  return allowance.stepsBase + allowance.stepsPerByte * bytes;
}

/** The same for every message. */
export function fixedAllowance(stepsBase: number): WorkAllowance {
  return { stepsBase, stepsPerByte: 0 };
}

/** What is charged beside the bytes that are looked at, in steps. */
export const STEPS = {
  /** An entry that a rule's targets hold. */
  entry: 2,
  /** A text whose words, bytes and marks are found out. */
  text: 150,
  /** An operator that is run on a value. */
  operator: 50,
  /** A match: its effects, its message and the finding. */
  match: 2000,
} as const;

/** How a rule set is put to use. What is left out stays as the rules have it. */
export interface RulesetOptions {
  /** Overrides SecRuleEngine. */
  readonly mode?: EngineMode;
  /** 1 to 4: which rules of the Core Rule Set run, and block. */
  readonly paranoiaLevel?: 1 | 2 | 3 | 4;
  /** 1 to 4, not below `paranoiaLevel`: which rules run without blocking. */
  readonly detectionParanoiaLevel?: 1 | 2 | 3 | 4;
  readonly inboundThreshold?: number;
  readonly outboundThreshold?: number;
  /** `['GET', 'POST']` */
  readonly allowedMethods?: readonly string[];
  /** Media types such as `application/json`. */
  readonly allowedContentTypes?: readonly string[];
  /** 0 to 100: share of the requests that the Core Rule Set looks at. */
  readonly samplingPercentage?: number;
  /** Other TX variables to set before the rules run, such as `arg_length: '400'`. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly requestBodyBytesMax?: number;
  readonly responseBodyBytesMax?: number;
  /** Read response bodies in phase 4. */
  readonly responseBodyAccess?: boolean;
  readonly responseMimeTypes?: readonly string[];
  /**
   * A fixed work allowance of a transaction, instead of one that grows with its bytes
   * (`WORK_ALLOWANCE`). A step is about one byte looked at once, a few nanoseconds.
   */
  readonly budgetSteps?: number;
  /**
   * Exclusions in SecLang, such as `SecRuleRemoveById 942100` or
   * `SecRuleUpdateTargetById 942100 "!ARGS:json.text"`.
   */
  readonly exclusions?: readonly string[];
  /** Look at texts wrapped in arguments too: base64, JSON in a string, double percent encoding. Off when left out. */
  readonly deepDecoding?: DeepDecodingLimits;
  /** Evaluate every rule on every value, as the oracle of tests does. */
  readonly naive?: boolean;
}
