import { openAccount, type Account } from './account/account.ts';
import type { FixedCredentials } from './account/credentials.ts';
import type { Job } from './account/job.ts';
import { saveProject } from './account/projects.ts';
import { manualClock, realClock, type Clock } from './clock.ts';
import { isWebhookFault } from './faults/fault.ts';
import { Faults } from './faults/faults.ts';
import type { Listener } from './http/listener.ts';
import { Recorder } from './http/recorder.ts';
import { Router } from './http/router.ts';
import { operations } from './operations/operations.ts';
import type { SandboxOptions } from './options.ts';
import type { Sandbox } from './sandbox.ts';
import { Webhooks } from './webhooks/webhooks.ts';

const manualStartMs = Date.UTC(2026, 0, 1);

/** The parts of one sandbox, wired. */
export class Core {
  readonly router = new Router(operations);
  readonly recorder = new Recorder();
  readonly faults = new Faults();
  readonly webhooks: Webhooks;
  readonly #options: SandboxOptions;
  #baseUrl = '';
  #opened: { readonly account: Account; readonly clock: Clock } | undefined;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.webhooks = new Webhooks(options.webhookCa, ({ startedBy }) =>
      this.faults.take(isWebhookFault, startedBy),
    );
  }

  readonly account = (): Account => {
    if (!this.#opened) throw new Error('the sandbox is not open yet');
    return this.#opened.account;
  };

  open(baseUrl: string): void {
    this.#baseUrl = baseUrl;
    const { clock: kind = 'real', seed = 'sandbox', quotaLimits = {} } = this.#options;
    const clock = kind === 'manual' ? manualClock(manualStartMs) : realClock();
    const account = openAccount(clock, {
      seed,
      speed: this.#options.speed ?? (kind === 'manual' ? 1 : 40),
      baseUrl,
      credentials: this.#credentials(),
      quotaLimits,
      jobFinished: (job, owner) => this.#jobFinished(job, owner),
    });
    this.#opened = { account, clock };
  }

  recordMalformed(bytes: Buffer): void {
    this.recorder.add({
      method: '',
      target: '',
      requestLine: bytes.toString('latin1').split('\r\n', 1)[0] ?? '',
      headers: [],
      headBase64: bytes.toString('base64'),
      operation: null,
    });
  }

  sandbox(api: Listener, control: Listener): Sandbox {
    const { account } = this;
    return {
      url: api.url,
      controlUrl: control.url,
      get apiKey() {
        return account().credentials.apiKey;
      },
      clientId: account().credentials.clientId,
      clientSecret: account().credentials.clientSecret,
      requests: () => this.recorder.list(),
      clearRequests: () => this.recorder.reset(),
      fault: (fault) => this.faults.add(fault),
      faults: () => this.faults.list(),
      clearFaults: () => this.faults.clear(),
      advance: (ms) => account().clock.advance(ms),
      jobs: () => account().jobs.list(),
      finishJob: (id, failure) => account().jobs.finish(id, failure),
      regenerateKey: ({ overlap = false } = {}) => account().credentials.regenerateKey({ overlap }),
      revokeKeys: () => account().credentials.revokeKeys(),
      expireTokens: () => account().credentials.expireTokens(),
      webhooks: () => this.webhooks.deliveries(),
      webhooksSettled: () => this.webhooks.settled(),
      get account() {
        return account();
      },
      reset: () => this.#reset(),
      close: () => this.#close(api, control),
    };
  }

  #credentials(): FixedCredentials {
    const { apiKey, clientId, clientSecret } = this.#options;
    return { apiKey, clientId, clientSecret };
  }

  #jobFinished(job: Job, account: Account): void {
    if (job.status === 'completed') saveProject(job, account);
    this.webhooks.jobFinished(job, account);
  }

  #reset(): void {
    this.#opened?.clock.close();
    this.recorder.reset();
    this.faults.clear();
    this.webhooks.reset();
    this.open(this.#baseUrl);
  }

  async #close(api: Listener, control: Listener): Promise<void> {
    this.#opened?.clock.close();
    await Promise.all([api.close(), control.close()]);
  }
}
