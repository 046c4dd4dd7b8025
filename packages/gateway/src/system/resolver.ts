import { Resolver as DnsResolver } from 'node:dns/promises';
import type { Clock } from '../ports/clock.ts';
import { type Resolver, Unresolvable } from '../ports/resolver.ts';
import { systemClock } from './clock.ts';

export interface ResolverOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly timeoutMs: number;
  readonly tries: number;
  /** Names looked up at the same time; more are refused. */
  readonly inFlightMax: number;
  /** How long an answer is kept; failures are not. */
  readonly keepMs: number;
  readonly entriesMax: number;
  /** The servers to ask, as `address:port`; absent: those of the machine. */
  readonly servers?: readonly string[];
}

interface Kept {
  readonly answer: Promise<readonly string[]>;
  readonly atMs: number;
}

const addressesMax = 64;

/**
 * Asks the name servers for both kinds of address; the hosts file is not asked. Not through the thread pool, which
 * writes to the disk depend on.
 */
export function createResolver(options: ResolverOptions): Resolver {
  const kept = new Map<string, Kept>();
  let inFlight = 0;

  const lookUp = async (host: string): Promise<readonly string[]> => {
    if (inFlight >= options.inFlightMax) throw new Unresolvable('too many names are looked up');
    inFlight += 1;
    try {
      return await ask(options, host);
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
      const [oldest] = kept.keys();
      if (kept.size > options.entriesMax) kept.delete(oldest!);
      return answer;
    },
  };
}

async function ask(options: ResolverOptions, host: string): Promise<readonly string[]> {
  const dns = new DnsResolver({ timeout: options.timeoutMs, tries: options.tries });
  if (options.servers) dns.setServers(options.servers);
  // Half an answer could hide the half that leads inside: both must be had.
  const families = await Promise.all([
    dns.resolve4(host).catch(noneOrThrow),
    dns.resolve6(host).catch(noneOrThrow),
  ]);
  const found = families.flat();
  if (found.length === 0) throw new Unresolvable('the name has no address');
  if (found.length > addressesMax) throw new Unresolvable('the name has too many addresses');
  return found;
}

function noneOrThrow(error: unknown): readonly string[] {
  const code = (error as { code?: string }).code ?? 'unknown';
  if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
  throw new Unresolvable(`the name servers answered ${code}`);
}

/** The name servers of this machine. */
export const systemResolver: Resolver = createResolver({
  clock: systemClock,
  timeoutMs: 2_000,
  tries: 2,
  inFlightMax: 64,
  keepMs: 30_000,
  entriesMax: 1_000,
});
