import type { Account } from '../account/account.ts';
import type { Job } from '../account/job.ts';
import { uploadKeyOf } from '../account/uploads.ts';
import { invalidRequest, json, ok } from '../http/reply.ts';
import { jobEnvelope } from '../results/envelope.ts';
import { jobNotFound } from './jobReplies.ts';
import { operation, type Operation } from './operation.ts';
import { page } from './page.ts';

export const jobOperations: readonly Operation[] = [
  operation({
    id: 'listJobs',
    method: 'GET',
    path: '/v1/jobs',
    handle({ query, account }) {
      const { jobsPageSize } = account.settings;
      const key = query.get('nextPageKey');
      const { items, nextPageKey } = page(account.jobs.list(), (job) => job.id, key, jobsPageSize);
      return ok({ items: items.map((job) => listItem(job, account)), nextPageKey });
    },
  }),
  operation({
    id: 'getJob',
    method: 'GET',
    path: '/v1/jobs/{jobid}',
    handle({ params, account }) {
      const job = account.jobs.get(params['jobid']!);
      if (!job) return jobNotFound(params['jobid']!, account.settings.jobNotFoundStatus);
      return json(200, jobEnvelope(job, account));
    },
  }),
  operation({
    id: 'cleanJob',
    method: 'DELETE',
    path: '/v1/jobs/{jobid}/clean',
    handle({ params, account }) {
      const job = account.jobs.get(params['jobid']!);
      if (!job) return jobNotFound(params['jobid']!, 404);
      if (job.status === 'in-progress')
        return invalidRequest('Only a finished job can be cleaned.');
      clean(job, account);
      return ok({ success: true });
    },
  }),
];

function listItem(job: Job, account: Account) {
  const { success, data } = jobEnvelope(job, account);
  return { success, data: { jobId: job.id, ...data } };
}

/** Erases what the job made and the uploads that it read. */
function clean(job: Job, account: Account): void {
  job.status = 'cleaned';
  for (const address of job.inputUrls ?? []) {
    const key = uploadKeyOf(address, account.baseUrl);
    if (key !== undefined) account.uploads.erase(key);
  }
}
