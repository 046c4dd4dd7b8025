import { Resolver as DnsResolver } from 'node:dns/promises';
import type { Clock } from '../ports/clock.ts';
import { type Resolver, Unresolvable } from '../ports/resolver.ts';

export interface ResolverOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly timeoutMs: number;
  /** Names looked up at the same time; more are refused. */
  readonly inFlightMax: number;
  readonly keepMs: number;
  readonly entriesMax: number;
  /** The servers to ask, as `address` or `address:port`; absent: those of the machine. */
  readonly servers?: readonly string[];
}

interface Kept {
  readonly answer: Promise<readonly string[]>;
  readonly atMs: number;
}

/**
 * The name servers of the machine, asked for both address families. Not through the thread pool, which writes to the
 * disk depend on. Answers are kept for a short time; failures are not.
 */
export function systemResolver(options: ResolverOptions): Resolver {
  const kept = new Map<string, Kept>();
  let inFlight = 0;

  const lookUp = async (host: string): Promise<readonly string[]> => {
    if (inFlight >= options.inFlightMax)
      throw new Unresolvable('too many names are being looked up');
    inFlight += 1;
    try {
      const dns = new DnsResolver({ timeout: options.timeoutMs, tries: 1 });
      if (options.servers) dns.setServers(options.servers);
      const families = await Promise.all([
        dns.resolve4(host).catch(noneOrThrow),
        dns.resolve6(host).catch(noneOrThrow),
      ]);
      return families.flat();
    } finally {
      inFlight -= 1;
    }
  };

  return {
    resolve(host) {
      const nowMs = options.clock.monotonicMs();
      const known = kept.get(host);
      if (known && nowMs - known.atMs < options.keepMs) return known.answer;
      const answer = lookUp(host);
      kept.delete(host);
      kept.set(host, { answer, atMs: nowMs });
      answer.catch(() => kept.delete(host));
      for (const oldest of kept.keys()) {
        if (kept.size <= options.entriesMax) break;
        kept.delete(oldest);
      }
      return answer;
    },
  };
}

/** A name may have addresses of one family only; that it has none is a valid answer, which the caller refuses. */
function noneOrThrow(error: unknown): readonly string[] {
  const code = (error as { code?: string }).code ?? 'unknown';
  if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
  throw new Unresolvable(`the name servers answered ${code}`);
}
