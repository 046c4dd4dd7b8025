import type { Principal } from '../guards/authenticate.ts';
import type { KeyStore, KeyUse } from '../ports/stores.ts';

/** Remembers when and from where each key was last used, and writes that in batches, off the request's way. */
export class KeyUses {
  readonly #store: Pick<KeyStore, 'touch'>;
  #uses = new Map<string, KeyUse>();

  constructor(store: Pick<KeyStore, 'touch'>) {
    this.#store = store;
  }

  note({ key, verified }: Principal, atMs: number, ip: string): void {
    this.#uses.set(key.id, { keyId: key.id, secretNumber: verified.secretNumber, atMs, ip });
  }

  /** Writes what was noted since the last call. What cannot be written is kept for the next. */
  async flush(): Promise<void> {
    if (this.#uses.size === 0) return;
    const uses = this.#uses;
    this.#uses = new Map();
    try {
      await this.#store.touch([...uses.values()]);
    } catch (error) {
      this.#uses = new Map([...uses, ...this.#uses]);
      throw error;
    }
  }
}
