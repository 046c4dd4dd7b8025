/** Lets something happen later. */
export interface Timers {
  /** Calls back once after the delay; the returned function takes that back. A pending call does not keep the process alive. */
  after(delayMs: number, action: () => void): () => void;
}
