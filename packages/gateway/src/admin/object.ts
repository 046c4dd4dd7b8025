import { deny, type Denial } from '../domain/denial.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Endpoint, Found } from './endpoint.ts';
import type { AdminReceived } from './received.ts';

export interface Located {
  readonly found: Found<unknown>;
}

/** A strong validator (RFC 9110 section 8.8.3): the object's version. */
export const toETag = (version: number): string => `"${version}"`;

/** Reads the object that the path names. A change must name the version that it was decided on (RFC 6585 section 3). */
export function object(
  endpoint: Pick<Endpoint, 'find' | 'act'>,
): Guard<Pick<AdminReceived, 'request' | 'id'>, Located> {
  return {
    name: 'object',
    check: async ({ request, id }) => {
      if (endpoint.find === null) return { found: { value: undefined, version: 0 } };
      const found = await endpoint.find(id);
      if (found === null) return deny('object_unknown');
      const stale =
        endpoint.act.kind === 'change'
          ? checkVersion(request.headers.get('if-match'), found.version)
          : null;
      return stale ?? { found };
    },
  };
}

function checkVersion(header: string | null, version: number): Denial | null {
  if (header === null) return deny('precondition_required', { hint: 'send the ETag in If-Match' });
  const accepted = header.split(',').map((tag) => tag.trim());
  if (header.trim() === '*' || accepted.includes(toETag(version))) return null;
  return deny('precondition_failed', {
    detail: {
      reason: 'the object has another version than the one that was seen',
      remedy: 'read it again',
    },
  });
}
