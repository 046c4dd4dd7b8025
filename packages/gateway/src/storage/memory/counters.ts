import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import type { RateLimit } from '../../domain/policy.ts';
import type { Counters, RateVerdict } from '../../ports/counters.ts';

/** The longest delay of a timer. Beyond it the limiter would forget a window at once. */
const windowMsMax = 2 ** 31 - 1;

/** Counts of this process: windows that start with the first request, and who is inside. */
export class MemoryCounters implements Counters {
  /** It only counts: how many are allowed is said with each request, for policies change. */
  readonly #windows = new RateLimiterMemory({
    points: Number.MAX_SAFE_INTEGER,
    duration: 1,
  });
  readonly #inside = new Map<string, number>();

  /** @throws RangeError for a window of more than 24 days */
  async take(name: string, { requests, windowMs }: RateLimit): Promise<RateVerdict> {
    if (!(windowMs > 0 && windowMs <= windowMsMax)) {
      throw new RangeError('the window of a rate limit must be above 0 and at most 24 days');
    }
    const { consumedPoints, msBeforeNext } = await this.#windows.consume(name, 1, {
      customDuration: windowMs / 1_000,
    });
    return {
      allowed: consumedPoints <= requests,
      remaining: Math.max(0, requests - consumedPoints),
      resetMs: Math.max(0, msBeforeNext),
    };
  }

  enter(name: string, max: number): boolean {
    const inside = this.#inside.get(name) ?? 0;
    if (inside >= max) return false;
    this.#inside.set(name, inside + 1);
    return true;
  }

  /** @throws RangeError when nobody is inside: whoever leaves must have entered */
  leave(name: string): void {
    const inside = this.#inside.get(name);
    if (inside === undefined) throw new RangeError('nobody is inside');
    if (inside === 1) this.#inside.delete(name);
    else this.#inside.set(name, inside - 1);
  }
}
