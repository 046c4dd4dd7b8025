/** What the gateway must do with the transaction. */
export interface Interruption {
  readonly action: 'deny' | 'drop' | 'redirect';
  readonly status: number;
  /** The rule that asked for it; 0 when the engine itself did. */
  readonly ruleId: number;
  readonly reason: InterruptionReason;
  /** Where to, for a redirect. */
  readonly location?: string;
}

/**
 * `rule`: a rule matched. `budget`: the work allowance ran out, so the request is not known to be
 * safe. `body_limit`: the body is larger than may be inspected. `internal`: the engine failed.
 */
export type InterruptionReason = 'rule' | 'budget' | 'body_limit' | 'internal';

/** The outcome of a phase. */
export interface Verdict {
  /** Null when the transaction may go on. */
  readonly interruption: Interruption | null;
  /** What would have interrupted it were the engine not in detection mode. */
  readonly wouldInterrupt: Interruption | null;
  readonly budgetExceeded: boolean;
  readonly scores: AnomalyScores;
}

/** The anomaly scores of the Core Rule Set so far, 0 where no rule has added them up. */
export interface AnomalyScores {
  readonly inbound: number;
  readonly outbound: number;
}
