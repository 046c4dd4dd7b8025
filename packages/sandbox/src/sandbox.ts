import type { Account } from './account/account.ts';
import type { Job, JobFailure } from './account/job.ts';
import type { Fault } from './faults/fault.ts';
import type { Faults } from './faults/faults.ts';
import type { ReceivedRequest } from './http/recorder.ts';
import type { WebhookDelivery } from './webhooks/webhooks.ts';

/** A running sandbox. */
export interface Sandbox {
  /** Scheme, host and port of the API: `${url}/pictoryapis/v1/…`. */
  readonly url: string;
  readonly controlUrl: string;
  /** The newest API key. */
  readonly apiKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Everything received since the start or the last reset, oldest first. */
  requests(): readonly ReceivedRequest[];
  clearRequests(): void;
  /** Lets something go wrong with the next matching requests. */
  fault(fault: Fault): void;
  /** The faults that still wait, oldest first. */
  faults(): ReturnType<Faults['list']>;
  clearFaults(): void;
  /** Moves the account's clock forward; jobs that become due are done when it returns. */
  advance(ms: number): void;
  /** All jobs, newest first. */
  jobs(): readonly Job[];
  /** Ends a running job now; says whether there was one. */
  finishJob(id: string, failure?: JobFailure): boolean;
  /** A new key; without `overlap` older ones stop working at once. */
  regenerateKey(options?: { readonly overlap?: boolean }): string;
  revokeKeys(): void;
  expireTokens(): void;
  webhooks(): readonly WebhookDelivery[];
  /** Resolves when no webhook is on its way. */
  webhooksSettled(): Promise<void>;
  /** The account itself, for settings, quotas, ledger and everything that it holds. */
  readonly account: Account;
  /** Back to the state of the start: same seed, same ids, nothing received. */
  reset(): void;
  close(): Promise<void>;
}
