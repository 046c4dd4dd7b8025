import type { QuotaName } from './account/quotas.ts';

export interface SandboxOptions {
  /** Of the API; 0 (the default) takes any free port. */
  readonly port?: number | undefined;
  /** Of the control API; 0 (the default) takes any free port. */
  readonly controlPort?: number | undefined;
  /** Address that the API listens on, 127.0.0.1 when left out. */
  readonly host?: string | undefined;
  /** Address that the control API listens on, 127.0.0.1 when left out. It asks for no credential. */
  readonly controlHost?: string | undefined;
  /** PEM text. With it both ports speak HTTPS and nothing else. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** How many times faster than the service jobs run: 40 by default, 1 with a manual clock. */
  readonly speed?: number | undefined;
  /** `manual` stands still at 2026-01-01T00:00:00Z until it is advanced. */
  readonly clock?: 'real' | 'manual' | undefined;
  /** Ids, keys and secrets follow from it. */
  readonly seed?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly quotaLimits?: Partial<Record<QuotaName, number>> | undefined;
  /** PEM text of an authority to trust for https webhooks, in place of the system's. */
  readonly webhookCa?: string | undefined;
}
