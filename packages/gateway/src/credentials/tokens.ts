import type { TokenStore } from '../ports/stores.ts';
import { newToken, tokenDigest } from './tokenText.ts';
import type { Verified } from './verifier.ts';

/** Issues the short-lived tokens of the token call. A token never outlives its key, nor the secret that it was made from. */
export class Tokens {
  readonly #store: TokenStore;
  readonly #lifetimeMs: number;

  constructor(options: { readonly store: TokenStore; readonly lifetimeMs: number }) {
    this.#store = options.store;
    this.#lifetimeMs = options.lifetimeMs;
  }

  /**
   * @param atMs when the request came, before its secret was verified: a rotation in between ends the token, too
   * @throws StoreUnavailable
   */
  async issue(
    { subject, replaced }: Verified,
    atMs: number,
  ): Promise<{ readonly text: string; readonly expiresInSeconds: number }> {
    const { key } = subject.record;
    const expiresAtMs = Math.min(
      atMs + this.#lifetimeMs,
      key.expiresAtMs,
      replaced?.retiresAtMs ?? Infinity,
    );
    const text = newToken();
    await this.#store.create({
      digest: tokenDigest(text),
      keyId: key.id,
      clientId: key.clientId,
      issuedAtMs: atMs,
      expiresAtMs,
    });
    return { text, expiresInSeconds: Math.floor((expiresAtMs - atMs) / 1000) };
  }
}
