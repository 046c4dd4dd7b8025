import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../account/account.ts';
import type { Job } from '../account/job.ts';
import type { WebhookFault } from '../faults/fault.ts';
import { jobEnvelope } from '../results/envelope.ts';
import { deliver, type DeliveryOutcome } from './delivery.ts';

/** One webhook that was due. */
export interface WebhookDelivery {
  readonly jobId: string;
  readonly url: string;
  readonly body: string;
  /** Each attempt's outcome; empty when a fault dropped it. */
  readonly attempts: DeliveryOutcome[];
  readonly fault: WebhookFault['kind'] | null;
}

/** Sends each finished job to the address that its request named. */
export class Webhooks {
  readonly #ca: string | undefined;
  readonly #takeFault: (job: Job) => WebhookFault | undefined;
  readonly #running = new Set<Promise<void>>();
  #deliveries: WebhookDelivery[] = [];

  /** `ca` is trusted in place of the system's authorities, PEM text. */
  constructor(ca: string | undefined, takeFault: (job: Job) => WebhookFault | undefined) {
    this.#ca = ca;
    this.#takeFault = takeFault;
  }

  /** Starts the delivery of a finished job's webhook, if it asked for one. */
  jobFinished(job: Job, account: Account): void {
    if (job.webhook === undefined) return;
    const fault = this.#takeFault(job);
    const delivery: WebhookDelivery = {
      jobId: job.id,
      url: job.webhook,
      body: JSON.stringify(payload(job, account, fault)),
      attempts: [],
      fault: fault?.kind ?? null,
    };
    this.#deliveries.push(delivery);
    const run = this.#run(delivery, fault, account.settings.webhookRetries);
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
  }

  deliveries(): readonly WebhookDelivery[] {
    return this.#deliveries;
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  reset(): void {
    this.#deliveries = [];
  }

  async #run(
    delivery: WebhookDelivery,
    fault: WebhookFault | undefined,
    retries: number,
  ): Promise<void> {
    if (fault?.kind === 'drop-webhook') return;
    if (fault?.kind === 'delay-webhook') await wait(fault.delayMs, undefined, { ref: false });
    const copies = fault?.kind === 'duplicate-webhook' ? (fault.copies ?? 2) : 1;
    for (let copy = 0; copy < copies; copy += 1) await this.#send(delivery, retries);
  }

  async #send(delivery: WebhookDelivery, retries: number): Promise<void> {
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      const outcome = await deliver(delivery.url, delivery.body, this.#ca);
      delivery.attempts.push(outcome);
      if ('status' in outcome && outcome.status >= 200 && outcome.status < 300) return;
    }
  }
}

/** The envelope of the job as GET shows it, and what the caller asked to have echoed. */
function payload(job: Job, account: Account, fault: WebhookFault | undefined): unknown {
  const echo = job.webhookInput === undefined ? {} : { webhookInput: job.webhookInput };
  const envelope = jobEnvelope(job, account);
  const shape =
    fault?.kind === 'webhook-failure-shape' ? fault.shape : account.settings.webhookFailureShape;
  if (job.status !== 'failed' || shape === 'data') return { ...envelope, ...echo };
  const { status, ...failure } = envelope.data;
  return { ...envelope, ...failure, data: { status }, ...echo };
}
