import type { NetworkRule, Subject } from '../credentials/subjects.ts';
import { deny, type Denial } from '../domain/denial.ts';
import { contains, type Address } from '../domain/network.ts';
import type { Hours } from '../domain/policy.ts';

/** Whether a credential may be used from this address at this moment; null: it may. Every allowlist must hold. */
export function checkSource(
  subject: Subject,
  globalNetworks: readonly NetworkRule[],
  address: Address,
  atMs: number,
): Denial | null {
  return (
    checkNetworks(globalNetworks, address) ??
    checkNetworks(subject.networks, address) ??
    checkHours(subject, atMs)
  );
}

function checkNetworks(rules: readonly NetworkRule[], address: Address): Denial | null {
  for (const { source, networks } of rules) {
    if (networks.some((network) => contains(network, address))) continue;
    return deny('network_denied', {
      detail: {
        reason: 'the source address is in none of the allowed networks',
        source,
        remedy: `add the caller's network to ${source}, or call from an allowed one`,
      },
    });
  }
  return null;
}

function checkHours(subject: Subject, atMs: number): Denial | null {
  const { hours, name } = subject.policy;
  if (hours.length === 0 || hours.some((window) => isWithin(window, atMs))) return null;
  return deny('outside_hours', {
    detail: {
      reason: 'the request came outside the hours that the policy allows (UTC)',
      source: `policy ${name}`,
      remedy: `change the hours of policy ${name}`,
    },
  });
}

/** Whether the moment lies in the window; windows are in UTC. */
export function isWithin({ days, fromMinute, toMinute }: Hours, atMs: number): boolean {
  const moment = new Date(atMs);
  const day = moment.getUTCDay() === 0 ? 7 : moment.getUTCDay();
  const minute = moment.getUTCHours() * 60 + moment.getUTCMinutes();
  return days.includes(day) && minute >= fromMinute && minute < toMinute;
}
