import type { KeyLife } from './keyLife.ts';
import { isDenial } from '../domain/denial.ts';
import type { AuditStore } from '../ports/auditStore.ts';
import type { Clock } from '../ports/clock.ts';
import type { Verifier } from './verifier.ts';

/**
 * Disables keys that were seen where anybody may have read them: in an address, on plaintext.
 * Only the true text of a live key does so; a guess disables nothing.
 */
export class Exposure {
  readonly #verifier: Verifier;
  readonly #life: KeyLife;
  readonly #audit: AuditStore;
  readonly #clock: Clock;
  readonly #alarm: (message: string) => void;
  readonly #pending = new Set<Promise<void>>();

  constructor(options: {
    readonly verifier: Verifier;
    readonly life: KeyLife;
    readonly audit: AuditStore;
    readonly clock: Clock;
    /** Told when an exposed key could not be disabled. */
    readonly alarm: (message: string) => void;
  }) {
    this.#verifier = options.verifier;
    this.#life = options.life;
    this.#audit = options.audit;
    this.#clock = options.clock;
    this.#alarm = options.alarm;
  }

  /** Returns at once; {@link settled} waits for what is under way. `where` completes "seen in …". */
  report(text: string, where: string): void {
    const work: Promise<void> = this.#disable(text, where)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown failure';
        this.#alarm(`a key that was seen in ${where} could not be disabled: ${reason}`);
      })
      .finally(() => this.#pending.delete(work));
    this.#pending.add(work);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async #disable(text: string, where: string): Promise<void> {
    const verified = await this.#verifier.verifyKey(text);
    if (isDenial(verified)) return;
    const { key } = verified.subject.record;
    const { client } = verified.subject;
    const reason = `its secret was seen in ${where}`;
    await this.#life.setState(key.id, null, 'disabled', reason);
    await this.#audit.append(
      {
        id: `sys_${key.id}_${this.#clock.nowMs()}`,
        phase: 'final',
        atMs: this.#clock.nowMs(),
        actor: { kind: 'system', clientId: client.id, clientName: client.name, keyId: key.id },
        action: 'keys:disable',
        target: `key ${key.id}`,
        decision: 'allowed',
        trail: [],
        reason,
      },
      { durable: true },
    );
  }
}
