/** Which requests a fault waits for; what is left out matches everything. */
export interface Aim {
  readonly method?: string;
  /** A path, with or without `/pictoryapis`; `*` stands for any run of characters. */
  readonly path?: string;
  /** An operation's id, as `getJob`. */
  readonly operation?: string;
  /** How many matching requests it strikes before it is gone; 1 when left out. */
  readonly times?: number | 'unlimited';
  /** How many matching requests it lets pass first. */
  readonly after?: number;
}

/** What goes wrong with an answer. */
export type RequestFault = Aim & {
  /** Machine time to wait before anything else, in milliseconds. */
  readonly delayMs?: number;
} & (
    | { readonly kind: 'delay'; readonly delayMs: number }
    | {
        readonly kind: 'status';
        readonly status: number;
        /** Sent as JSON; a text is sent as it is. */
        readonly body?: unknown;
        readonly headers?: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'unauthorized' }
    | { readonly kind: 'rate-limited'; readonly retryAfterSeconds?: number }
    | { readonly kind: 'edge-refusal' }
    | { readonly kind: 'job-not-found'; readonly status?: 200 | 404 }
    /** The request is read and never answered; the connection stays open. */
    | { readonly kind: 'hang' }
    /** Half of the answer is sent and then nothing; the connection stays open. */
    | { readonly kind: 'stall' }
    /** The connection is reset without an answer. */
    | { readonly kind: 'reset' }
    /** Content-Length is this much more than what follows (less, when negative); then the connection closes. */
    | { readonly kind: 'wrong-length'; readonly byBytes?: number }
  );

/** What goes wrong with the job that a matching request starts. */
export type JobFault = Aim &
  (
    | { readonly kind: 'fail-job'; readonly errorCode?: string; readonly errorMessage?: string }
    | { readonly kind: 'stick-job' }
    | { readonly kind: 'job-time'; readonly runMs: number }
    /** The job is done, and its webhook sent, before the request that starts it is answered. */
    | { readonly kind: 'webhook-before-response' }
  );

/** What goes wrong with the webhook of a job that a matching request started. */
export type WebhookFault = Aim &
  (
    | { readonly kind: 'drop-webhook' }
    | { readonly kind: 'duplicate-webhook'; readonly copies?: number }
    | { readonly kind: 'delay-webhook'; readonly delayMs: number }
    | { readonly kind: 'webhook-failure-shape'; readonly shape: 'data' | 'top-level' }
  );

export type Fault = RequestFault | JobFault | WebhookFault;

const jobKinds = ['fail-job', 'stick-job', 'job-time', 'webhook-before-response'] as const;
const webhookKinds = [
  'drop-webhook',
  'duplicate-webhook',
  'delay-webhook',
  'webhook-failure-shape',
] as const;
const requestKinds = [
  'delay',
  'status',
  'unauthorized',
  'rate-limited',
  'edge-refusal',
  'job-not-found',
  'hang',
  'stall',
  'reset',
  'wrong-length',
] as const;

export const faultKinds = [...requestKinds, ...jobKinds, ...webhookKinds] as const;

export function isRequestFault(fault: Fault): fault is RequestFault {
  return (requestKinds as readonly string[]).includes(fault.kind);
}

export function isJobFault(fault: Fault): fault is JobFault {
  return (jobKinds as readonly string[]).includes(fault.kind);
}

export function isWebhookFault(fault: Fault): fault is WebhookFault {
  return (webhookKinds as readonly string[]).includes(fault.kind);
}
