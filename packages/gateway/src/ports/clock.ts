export interface Clock {
  /** Wall time in milliseconds since 1970. */
  nowMs(): number;
  /** Never jumps; for durations and timeouts. */
  monotonicMs(): number;
}
