import type { Gateway } from '../gateway.ts';
import type { TryClient } from './clients.ts';
import { callEdge, type EdgeAnswer } from './edge.ts';
import type { Tell } from './events.ts';
import { renderPath, storyboard } from './job.ts';

interface Explained {
  readonly request: { readonly code: string | null };
  readonly explanation: { readonly reason: string | null; readonly remedy: string | null };
}

const attacked = {
  ...storyboard,
  scenes: [{ story: "1' UNION SELECT password FROM users--", createSceneOnEndOfSentence: true }],
};

export interface Cast {
  /** Made the job. */
  readonly owner: TryClient;
  /** Another application of the same company. */
  readonly stranger: TryClient;
  /** May call, but from elsewhere only. */
  readonly remote: TryClient;
}

/** Four requests that must not pass, each with the reason that the audit log has. */
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
    [
      'hides an SQL injection in the text of a scene',
      () => callEdge(edgeUrl, cast.owner, 'POST', renderPath, attacked),
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
