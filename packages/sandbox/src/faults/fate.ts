import type { JobFate } from '../account/job.ts';
import type { JobFault } from './fault.ts';

const stockFailure = { code: 'TEXT_TO_VIDEO_FAILED', message: 'A fault of the sandbox.' } as const;

/** What a fault, or none, does to the job that is about to start. */
export function fateOf(fault: JobFault | undefined): JobFate {
  switch (fault?.kind) {
    case undefined:
      return {};
    case 'fail-job':
      return {
        failure: {
          code: fault.errorCode ?? stockFailure.code,
          message: fault.errorMessage ?? stockFailure.message,
        },
      };
    case 'stick-job':
      return { runMs: Infinity };
    case 'job-time':
      return { runMs: fault.runMs };
    case 'webhook-before-response':
      return { runMs: 0 };
  }
}
