import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Job, JobFailure, JobFate, JobPlan, StartingRequest } from './job.ts';
import type { Ledger } from './ledger.ts';
import type { Quotas } from './quotas.ts';

interface JobsOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly quotas: Quotas;
  readonly ledger: Ledger;
  /** A job that takes the real service 40 s takes 40/speed s here. */
  readonly speed: number;
  readonly finished: (job: Job) => void;
}

const insufficientCredits: JobFailure = {
  code: 'INSUFFICIENT_CREDITS',
  message: 'The account does not have enough credits for this job.',
};

/** Every job of the account: starts them, lets the clock finish them, charges what completed. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #jobs = new Map<string, Job>();

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** A job that the account cannot pay for exists too: it has failed at once. */
  start(startedBy: StartingRequest, plan: JobPlan, fate: JobFate): Job {
    const { clock, ids, quotas, speed } = this.#options;
    const startedAtMs = clock.now();
    const job: Job = {
      ...plan,
      id: ids.uuid('job'),
      startedBy,
      startedAtMs,
      finishesAtMs: startedAtMs + (fate.runMs ?? Math.round(plan.lifeMs / speed)),
      status: 'in-progress',
      failure: fate.failure ?? plan.failure,
    };
    this.#jobs.set(job.id, job);
    if (quotas.hold(job.charges)) this.#run(job);
    else this.#end(job, insufficientCredits);
    return job;
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  /** Newest first. */
  list(): readonly Job[] {
    return [...this.#jobs.values()].reverse();
  }

  /** Ends a running job now, as failed when a failure is given. Says whether there was one to end. */
  finish(id: string, failure?: JobFailure): boolean {
    const job = this.#jobs.get(id);
    if (job?.status !== 'in-progress') return false;
    job.finishesAtMs = this.#options.clock.now();
    if (failure) job.failure = failure;
    this.#complete(job);
    return true;
  }

  #run(job: Job): void {
    if (job.finishesAtMs <= this.#options.clock.now()) return this.#complete(job);
    this.#options.clock.alarm(job.finishesAtMs, () => {
      if (job.status === 'in-progress') this.#complete(job);
    });
  }

  #complete(job: Job): void {
    const { quotas, ledger } = this.#options;
    if (job.failure) {
      quotas.release(job.charges);
      return this.#end(job, job.failure);
    }
    quotas.settle(job.charges);
    ledger.settle(job.id, job.charges);
    job.status = 'completed';
    this.#options.finished(job);
  }

  #end(job: Job, failure: JobFailure): void {
    job.failure = failure;
    job.status = 'failed';
    job.finishesAtMs = this.#options.clock.now();
    this.#options.finished(job);
  }
}
