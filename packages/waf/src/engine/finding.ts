import type { Phase } from '../seclang/rule.ts';

/** One value that a rule matched. */
export interface FindingMatch {
  /** `ARGS:name`. */
  readonly variable: string;
  /** As the operator saw it, transformed. May hold secrets of the request. */
  readonly value: string;
  /**
   * The rule's msg and logdata, expanded for this value; control characters escaped. Put together at
   * the first read, at the expense of the transaction's work allowance.
   */
  readonly message: string;
  readonly logData: string;
}

/** What a matching rule added to a variable, such as `tx.inbound_anomaly_score_pl1`. */
export interface ScoreContribution {
  readonly variable: string;
  readonly added: number;
}

/** A rule that matched and is to be logged. */
export interface Finding {
  readonly ruleId: number;
  readonly phase: Phase;
  readonly message: string;
  readonly logData: string;
  /** `CRITICAL` and the like, or null. */
  readonly severity: string | null;
  readonly tags: readonly string[];
  readonly version: string;
  readonly file: string;
  readonly line: number;
  /** The values that matched; of a chain, those of its last rule too. Empty for SecAction. */
  readonly matches: readonly FindingMatch[];
  readonly scores: readonly ScoreContribution[];
}
