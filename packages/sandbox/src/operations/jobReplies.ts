import type { Account } from '../account/account.ts';
import type { Job } from '../account/job.ts';
import { invalidRequest, json, ok, type Reply } from '../http/reply.ts';

/** The id's three spellings: which call answers with which is part of the API. */

/** `data.jobId`: the v2 calls, templates, transcription, AI Studio. */
export function startedCamel(job: Job): Reply {
  return ok({ success: true, data: { jobId: job.id } });
}

/** `data.job_id`: the v1 renders. */
export function startedSnake(job: Job): Reply {
  return ok({ success: true, data: { job_id: job.id } });
}

/** `jobId` beside `data`: the v1 storyboard. */
export function startedTwice(job: Job): Reply {
  return ok({ success: true, jobId: job.id, data: { jobId: job.id, job_id: job.id } });
}

/** The answer for an id that names no job; its status is unsettled, hence a setting. */
export function jobNotFound(id: string, status: 200 | 404): Reply {
  const data = { error_code: '5000', error_message: 'JOB_NOT_FOUND' };
  return json(status, { job_id: id, success: false, data });
}

/** Narrows a job to a completed one of a kind, or answers why it cannot be used. */
export function completedJob<Kind extends Job['content']['kind']>(
  account: Account,
  id: string,
  kind: Kind,
): { job: Job; content: Extract<Job['content'], { kind: Kind }> } | Reply {
  const job = account.jobs.get(id);
  if (job?.content.kind !== kind) return jobNotFound(id, 404);
  if (job.status !== 'completed') return invalidRequest(`The ${kind} job is not completed.`);
  return { job, content: job.content as Extract<Job['content'], { kind: Kind }> };
}

export function isReply(value: object): value is Reply {
  return 'status' in value && 'headers' in value;
}
