import { deny } from '../domain/denial.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { AdminReceived } from './received.ts';

type Needs = Pick<AdminReceived, 'request' | 'url'>;

/** The host name in a Host header: lower case, without port and trailing dot. IPv6 keeps its brackets. */
function hostName(header: string): string {
  return header
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
}

const hostOf = ({ request, url }: Needs): string => request.headers.get('host') ?? url.host;

/** IPv6 addresses stand in brackets in a Host header; a configuration may leave them out. */
const bracketed = (entry: string): string =>
  entry.split(':').length > 2 && !entry.startsWith('[') ? `[${entry}]` : entry;

/** Refuses hosts that are not ours: a page whose name was rebound to this address ends here. */
export function host(hosts: readonly string[]): Guard<Needs, object> {
  const known = new Set(hosts.map((entry) => hostName(bracketed(entry))));
  return {
    name: 'host',
    check: (facts) => {
      if (known.has(hostName(hostOf(facts)))) return {};
      return deny('host_unknown', {
        detail: {
          reason: 'the Host header names no host of the admin API',
          source: 'admin.hosts',
          remedy: 'use a name of admin.hosts, or add this one there',
        },
      });
    },
  };
}

const unsafe: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Refuses changes that a page of another origin made a browser send. Tools send neither header. */
export const origin: Guard<Needs, object> = {
  name: 'origin',
  check: (facts) => {
    const { method, headers } = facts.request;
    if (!unsafe.has(method)) return {};
    const from = headers.get('origin');
    const site = headers.get('sec-fetch-site');
    const ownOrigin =
      from === null || from.toLowerCase() === `https://${hostOf(facts)}`.toLowerCase();
    const ownSite = site === null || site === 'same-origin' || site === 'none';
    if (ownOrigin && ownSite) return {};
    return deny('origin_refused', {
      detail: {
        reason: 'Origin or Sec-Fetch-Site names another site',
        remedy: 'call the API from its own pages or from a tool',
      },
    });
  },
};

/** A browser sends forms and plain text to other sites without asking them; JSON it does not. */
export const mediaType: Guard<Needs, object> = {
  name: 'media type',
  check: ({ request: { method, headers } }) => {
    if (method !== 'POST' && method !== 'PATCH') return {};
    if (headers.has('content-encoding')) return deny('content_coding_unsupported');
    const type = headers.get('content-type')?.trim() ?? '';
    if (/^application\/json(?:; ?charset="?utf-8"?)?$/i.test(type)) return {};
    return deny('media_type_unsupported', { hint: 'send content-type: application/json' });
  },
};
