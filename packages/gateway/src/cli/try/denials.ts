import type { Gateway } from '../gateway.ts';
import type { TryClient } from './clients.ts';
import { callEdge, type EdgeAnswer } from './edge.ts';
import type { Tell } from './events.ts';

interface Explained {
  readonly request: { readonly code: string | null };
  readonly explanation: { readonly reason: string | null; readonly remedy: string | null };
}

export interface Cast {
  /** Made the job. */
  readonly owner: TryClient;
  /** Another application of the same company. */
  readonly stranger: TryClient;
  /** May call, but from elsewhere only. */
  readonly remote: TryClient;
}

/** Three requests that must not pass, each with the reason that the audit log has. */
export async function showDenials(
  edgeUrl: string,
  admin: Gateway,
  cast: Cast,
  job: string,
  tell: Tell,
): Promise<number> {
  const attempts: readonly (readonly [what: string, attempt: () => Promise<EdgeAnswer>])[] = [
    [
      'cleans a job without the scope for it',
      () => callEdge(edgeUrl, cast.owner, 'DELETE', `/v1/jobs/${job}/clean`),
    ],
    [
      "reads another client's job",
      () => callEdge(edgeUrl, cast.stranger, 'GET', `/v1/jobs/${job}`),
    ],
    [
      'calls from a network that is not allowed',
      () => callEdge(edgeUrl, cast.remote, 'GET', `/v1/jobs/${job}`),
    ],
  ];
  for (const [what, attempt] of attempts) {
    const { status, requestId } = await attempt();
    const { body } = await admin.get<Explained>(`/v1/requests/${requestId}`);
    const { reason, remedy } = body.explanation;
    tell({
      event: 'denied',
      what,
      status,
      code: body.request.code ?? '',
      reason: reason ?? '',
      remedy: remedy ?? '',
      request_id: requestId,
    });
  }
  return attempts.length;
}
