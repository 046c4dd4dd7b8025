import type { DeepDecodingLimits } from '../decoding/decodeDeep.ts';
import type { EngineMode } from '../seclang/effect.ts';

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
  /** Work allowance of a transaction; a step is about one byte looked at once. Default 50,000,000. */
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
