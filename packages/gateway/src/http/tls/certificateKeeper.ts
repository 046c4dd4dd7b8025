import type { SecureContextOptions } from 'node:tls';
import { fingerprintSource, readMaterial, type TlsSource } from './materialSource.ts';
import { toSecureContextOptions, type TlsMaterial } from './secureContext.ts';

export interface CertificateKeeperOptions {
  readonly source: TlsSource;
  readonly nowMs: () => number;
  /** Puts a checked context into use for new handshakes. */
  readonly apply: (options: SecureContextOptions) => void;
  readonly onAlarm: (message: string) => void;
}

/** Keeps a listener's certificate current. Whatever is wrong with a new one, the one in use stays. */
export class CertificateKeeper {
  readonly #options: CertificateKeeperOptions;
  readonly #asksForCertificate: boolean;
  #fingerprint: string;
  #timer: NodeJS.Timeout | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: CertificateKeeperOptions, fingerprint: string, asksForCertificate: boolean) {
    this.#options = options;
    this.#fingerprint = fingerprint;
    this.#asksForCertificate = asksForCertificate;
  }

  /** Looks for changed files every `intervalMs`. */
  watch(intervalMs: number): void {
    this.#timer = setInterval(() => void this.#once(() => this.#reloadIfChanged()), intervalMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** Reads the source again, or takes `material`. False when the old certificate was kept; the alarm said why. */
  reload(material?: TlsMaterial): Promise<boolean> {
    return this.#once(() => this.#reload(material));
  }

  /** One at a time, in order. */
  #once<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next;
    return next;
  }

  async #reloadIfChanged(): Promise<void> {
    if ((await fingerprintSource(this.#options.source)) !== this.#fingerprint) await this.#reload();
  }

  async #reload(given?: TlsMaterial): Promise<boolean> {
    const { source, nowMs, apply, onAlarm } = this.#options;
    try {
      // Marked before reading: a change during the reading is seen as one more change.
      this.#fingerprint = await fingerprintSource(source);
      const material = given ?? (await readMaterial(source));
      if ((material.clientCa !== undefined) !== this.#asksForCertificate) {
        throw new TypeError(
          'whether client certificates are asked for changes with a restart only',
        );
      }
      apply(toSecureContextOptions(material, nowMs()));
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown failure';
      onAlarm(`the new TLS certificate is not used, the old one stays: ${reason}`);
      return false;
    }
  }
}
