import type { Key, KeyEnvironment, KeySecret, KeyState } from '../domain/key.ts';
import type { Clock } from '../ports/clock.ts';
import { StoreConflict, type KeyStore } from '../ports/stores.ts';
import { formatKey, newKeyId, newSecret } from './keyText.ts';
import type { Peppers } from './peppers.ts';
import type { Subjects } from './subjects.ts';

/** What a new key shall be. */
export interface KeyRequest {
  readonly clientId: string;
  readonly name: string;
  readonly environment: KeyEnvironment;
  readonly scopes: readonly string[] | null;
  readonly networks: readonly string[];
  readonly expiresAtMs: number;
}

/** The only moment at which a key's text exists: show it once and forget it. */
export interface IssuedKey {
  readonly key: Key;
  readonly text: string;
}

/** Issues client keys and leads them through their states. Every change is seen by the request's way at once. */
export class KeyLife {
  readonly #keys: KeyStore;
  readonly #peppers: Peppers;
  readonly #clock: Clock;
  readonly #subjects: Subjects;

  constructor(options: {
    readonly keys: KeyStore;
    readonly peppers: Peppers;
    readonly clock: Clock;
    readonly subjects: Subjects;
  }) {
    this.#keys = options.keys;
    this.#peppers = options.peppers;
    this.#clock = options.clock;
    this.#subjects = options.subjects;
  }

  /** @throws StoreUnavailable */
  async issue(request: KeyRequest): Promise<IssuedKey> {
    const nowMs = this.#clock.nowMs();
    const key: Key = {
      ...request,
      id: newKeyId(),
      state: 'active',
      stateReason: null,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      version: 1,
    };
    const { secret, record } = this.#newSecret(key.id, 1, nowMs);
    await this.#keys.create(key, record);
    this.#subjects.forget();
    return { key, text: formatKey({ environment: key.environment, id: key.id, secret }) };
  }

  /**
   * Adds a fresh secret under the same id. Older ones work until the overlap ends, at once when `overlapMs` is 0;
   * one that was to end earlier still does. An overlap never blocks the next rotation.
   * @throws StoreConflict when the key is gone, revoked, or its version is not `expected`
   */
  async rotate(
    keyId: string,
    expected: number,
    options: { readonly overlapMs: number; readonly expiresAtMs?: number },
  ): Promise<IssuedKey> {
    const found = await this.#keys.find(keyId);
    if (!found) throw new StoreConflict('the key does not exist');
    if (found.key.state === 'revoked')
      throw new StoreConflict('the key is revoked; create a new one');
    const nowMs = this.#clock.nowMs();
    const number = Math.max(...found.secrets.map((secret) => secret.number)) + 1;
    const { secret, record } = this.#newSecret(keyId, number, nowMs);
    const key: Key = {
      ...found.key,
      expiresAtMs: options.expiresAtMs ?? found.key.expiresAtMs,
      updatedAtMs: nowMs,
      version: expected + 1,
    };
    await this.#keys.rotate(key, expected, record, nowMs + options.overlapMs);
    this.#subjects.forget();
    return { key, text: formatKey({ environment: key.environment, id: keyId, secret }) };
  }

  /**
   * Revocation is final; disabled keys can be enabled again.
   * @param expected the version that the caller saw; null: whatever stands there now
   * @throws StoreConflict when the key is gone, revoked, or its version is not `expected`
   */
  async setState(
    keyId: string,
    expected: number | null,
    state: KeyState,
    reason: string | null,
  ): Promise<Key> {
    const found = await this.#keys.find(keyId);
    if (!found) throw new StoreConflict('the key does not exist');
    const seen = expected ?? found.key.version;
    if (found.key.state === 'revoked' && state !== 'revoked')
      throw new StoreConflict('a revoked key stays revoked');
    const key: Key = {
      ...found.key,
      state,
      stateReason: state === 'active' ? null : reason,
      updatedAtMs: this.#clock.nowMs(),
      version: seen + 1,
    };
    await this.#keys.update(key, seen);
    this.#subjects.forget();
    return key;
  }

  #newSecret(
    keyId: string,
    number: number,
    createdAtMs: number,
  ): { secret: string; record: KeySecret } {
    const secret = newSecret();
    const digest = this.#peppers.digest(secret);
    return {
      secret,
      record: {
        keyId,
        number,
        digest,
        pepperId: this.#peppers.currentId,
        createdAtMs,
        retiresAtMs: null,
      },
    };
  }
}
