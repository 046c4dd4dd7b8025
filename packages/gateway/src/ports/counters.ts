import type { RateLimit } from '../domain/policy.ts';

export interface RateVerdict {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the window starts again, in milliseconds. */
  readonly resetMs: number;
}

/** Short-lived counts. Money never lives here. */
export interface Counters {
  /** Takes one request from the window of `name`. */
  take(name: string, limit: RateLimit): RateVerdict | Promise<RateVerdict>;
  /** Enters; false when `max` are inside already. */
  enter(name: string, max: number): boolean;
  leave(name: string): void;
}
