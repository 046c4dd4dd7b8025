import { denials, type Denial } from '../domain/denial.ts';
import type { Answer } from '../domain/received.ts';

/** Makes the answer to a denial. */
export type Refuse = (denial: Denial, requestId: string) => Answer;

/**
 * Refusals as the caller sees them: RFC 9457 problem documents, or the provider's own shape where the denial brings
 * one. They hold the public members of the denial and nothing of the request. `Filmgate-Error` tells them from an
 * upstream's errors. `typeBase` is the address of the pages about the codes; a code is appended.
 */
export function createRefuse(typeBase = 'https://filmgate.dev/errors/'): Refuse {
  return (denial, requestId) => toAnswer(denial, requestId, typeBase);
}

function toAnswer(denial: Denial, requestId: string, typeBase: string): Answer {
  const kind = denials[denial.code];
  const { providerReply } = denial;
  return {
    status: providerReply?.status ?? kind.status,
    headers: [
      ['content-type', providerReply ? 'application/json' : 'application/problem+json'],
      ['cache-control', 'no-store'],
      ['filmgate-error', 'true'],
      ...challenge(kind.status, denial),
      ...(denial.headers ?? []),
    ],
    body: providerReply?.body ?? JSON.stringify(toDocument(denial, requestId, typeBase)),
  };
}

/** RFC 9457 section 3; extension members come first so that none can take the place of a standard one. */
function toDocument(denial: Denial, requestId: string, typeBase: string): object {
  const { title, status, retryable, fault } = denials[denial.code];
  return {
    ...denial.extensions,
    type: typeBase + denial.code,
    title,
    status,
    code: denial.code,
    request_id: requestId,
    retryable,
    fault,
    ...(denial.pointer !== undefined && { pointer: denial.pointer }),
    ...(denial.hint !== undefined && { hint: denial.hint }),
  };
}

/** RFC 9110 section 15.5.2: a 401 names a scheme. */
function challenge(status: number, denial: Denial): Answer['headers'] {
  if (status !== 401) return [];
  const isNamed = denial.headers?.some(([name]) => name.toLowerCase() === 'www-authenticate');
  return isNamed ? [] : [['www-authenticate', 'Bearer realm="filmgate"']];
}
