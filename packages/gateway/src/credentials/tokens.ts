import type { Key } from '../domain/key.ts';
import type { Clock } from '../ports/clock.ts';
import type { TokenStore } from '../ports/stores.ts';
import { newToken, tokenDigest } from './tokenText.ts';

/** Issues the short-lived tokens of the token call. A token never outlives its key. */
export class Tokens {
  readonly #store: TokenStore;
  readonly #clock: Clock;
  readonly #lifetimeMs: number;

  constructor(options: {
    readonly store: TokenStore;
    readonly clock: Clock;
    readonly lifetimeMs: number;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#lifetimeMs = options.lifetimeMs;
  }

  /** @throws StoreUnavailable */
  async issue(key: Key): Promise<{ readonly text: string; readonly expiresInSeconds: number }> {
    const issuedAtMs = this.#clock.nowMs();
    const expiresAtMs = Math.min(issuedAtMs + this.#lifetimeMs, key.expiresAtMs);
    const text = newToken();
    await this.#store.create({
      digest: tokenDigest(text),
      keyId: key.id,
      clientId: key.clientId,
      issuedAtMs,
      expiresAtMs,
    });
    return { text, expiresInSeconds: Math.floor((expiresAtMs - issuedAtMs) / 1000) };
  }
}
