import type { Job } from '../account/job.ts';

/** The `data` of a running job; only renders say how far they are. */
export function runningData(job: Job, nowMs: number): Readonly<Record<string, unknown>> {
  if (job.content.kind !== 'render') return { status: 'in-progress' };
  const run = job.finishesAtMs - job.startedAtMs;
  const part = Number.isFinite(run) && run > 0 ? (nowMs - job.startedAtMs) / run : 0;
  const renderProgress = Math.min(99, Math.max(0, Math.floor(part * 100)));
  return {
    status: 'in-progress',
    renderProgress,
    renderProgressMessage: renderProgress < 20 ? 'Preparing scenes' : 'Generating video',
    renderState: 'RUNNING',
  };
}

export function failedData(job: Job): Readonly<Record<string, unknown>> {
  return {
    status: 'failed',
    error_code: job.failure?.code ?? 'TEXT_TO_VIDEO_FAILED',
    error_message: job.failure?.message ?? 'The job failed.',
  };
}
