import type { Account } from '../account/account.ts';
import type { Job } from '../account/job.ts';
import { failedData, runningData } from './progress.ts';
import { completedData } from './completed.ts';

export interface JobEnvelope {
  readonly job_id: string;
  readonly success: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A job as `GET /v1/jobs/{jobid}` and webhooks show it. */
export function jobEnvelope(job: Job, account: Account): JobEnvelope {
  switch (job.status) {
    case 'in-progress':
      return { job_id: job.id, success: true, data: runningData(job, account.clock.now()) };
    case 'failed':
      return { job_id: job.id, success: false, data: finished(failedData(job)) };
    case 'cleaned':
      return { job_id: job.id, success: true, data: { status: 'cleaned' } };
    case 'completed':
      return { job_id: job.id, success: true, data: finished(completedData(job, account)) };
  }
}

/**
 * Clients search a whole reply for the words `in-progress` to see whether to ask again,
 * so a finished job that quotes them from a caller's text would never be finished for them.
 */
function finished(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(data);
  return text.includes('in-progress')
    ? JSON.parse(text.replaceAll('in-progress', 'in_progress'))
    : data;
}
