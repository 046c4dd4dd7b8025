import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';

/** Seconds that an access token is good for. */
export const tokenLifetimeSeconds = 3600;

export interface FixedCredentials {
  readonly apiKey?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

/** The two ways into the account: one raw `pictai_` key, and a client id and secret that buy one-hour tokens. */
export class Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #keys: Set<string>;
  readonly #tokens = new Map<string, number>();
  #apiKey: string;

  constructor(clock: Clock, ids: Ids, fixed: FixedCredentials) {
    this.#clock = clock;
    this.#ids = ids;
    this.#apiKey = fixed.apiKey ?? this.#newKey();
    this.#keys = new Set([this.#apiKey]);
    this.clientId = fixed.clientId ?? ids.text('client id', 26).toLowerCase();
    this.clientSecret = fixed.clientSecret ?? ids.text('client secret', 52);
  }

  /** The newest key; it may have been revoked. */
  get apiKey(): string {
    return this.#apiKey;
  }

  /** A fresh access token, or nothing when id or secret is wrong. */
  exchange(clientId: string, clientSecret: string): string | undefined {
    const right = same(clientId, this.clientId) && same(clientSecret, this.clientSecret);
    if (!right) return undefined;
    const token = this.#ids.text('access token', 64);
    this.#tokens.set(token, this.#clock.now() + tokenLifetimeSeconds * 1000);
    return token;
  }

  /** Whether an `Authorization` value opens the account: a key or a token, raw or after the word Bearer. */
  accepts(authorization: string | undefined): boolean {
    const secret = authorization?.replace(/^bearer /i, '') ?? '';
    if (this.#keys.has(secret)) return true;
    return (this.#tokens.get(secret) ?? 0) > this.#clock.now();
  }

  /** A new key. Without `overlap` every older key stops working at once. */
  regenerateKey(options: { readonly overlap: boolean }): string {
    if (!options.overlap) this.#keys.clear();
    this.#apiKey = this.#newKey();
    this.#keys.add(this.#apiKey);
    return this.#apiKey;
  }

  /** Every key stops working; tokens go on. */
  revokeKeys(): void {
    this.#keys.clear();
  }

  /** Every token issued so far is past its time. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  #newKey(): string {
    return `pictai_${this.#ids.text('api key', 40)}`;
  }
}

function same(given: string, expected: string): boolean {
  const [first, second] = [Buffer.from(given), Buffer.from(expected)];
  return first.length === second.length && timingSafeEqual(first, second);
}
