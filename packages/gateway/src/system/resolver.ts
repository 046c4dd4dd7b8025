import { Resolver as DnsResolver } from 'node:dns/promises';
import { Unresolvable, type Resolver } from '../ports/resolver.ts';

const addressesMax = 64;

/** The name servers of this machine: both kinds of address, two tries of two seconds. The hosts file is not asked. */
export const systemResolver: Resolver = {
  async resolve(host) {
    const dns = new DnsResolver({ timeout: 2_000, tries: 2 });
    const answers = await Promise.allSettled([dns.resolve4(host), dns.resolve6(host)]);
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const failed = answers.find((answer) => answer.status === 'rejected' && !isAbsent(answer.reason));
    // Half an answer could hide the half that leads inside.
    if (failed || found.length === 0) throw new Unresolvable('the name does not resolve');
    if (found.length > addressesMax) throw new Unresolvable('the name has too many addresses');
    return found;
  },
};

const isAbsent = (reason: unknown): boolean =>
  ['ENODATA', 'ENOTFOUND'].includes((reason as { code?: string }).code ?? '');
