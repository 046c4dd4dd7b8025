import { deny, type Denial, type DenialCode } from '../domain/denial.ts';
import type { Key, KeyEnvironment, KeySecret, Token } from '../domain/key.ts';
import type { Clock } from '../ports/clock.ts';
import type { TokenStore } from '../ports/stores.ts';
import { parseKey } from './keyText.ts';
import type { Peppers } from './peppers.ts';
import type { Subject, Subjects } from './subjects.ts';
import { isTokenText, tokenDigest } from './tokenText.ts';

/** A credential that proved itself. */
export interface Verified {
  readonly subject: Subject;
  readonly via: 'key' | 'token';
  /** Which secret of the key was used; 0 for a token. */
  readonly secretNumber: number;
  /** When the used secret was replaced and when it stops working; null for the newest. */
  readonly replaced: { readonly atMs: number; readonly retiresAtMs: number } | null;
}

const unfit = (code: DenialCode, reason: string, remedy: string, source?: string): Denial =>
  deny(code, { detail: { reason, remedy, ...(source !== undefined && { source }) } });

/** Turns the text of a credential into its subject, or says why not. */
export class Verifier {
  readonly #subjects: Subjects;
  readonly #tokens: TokenStore;
  readonly #peppers: Peppers;
  readonly #clock: Clock;
  readonly #environment: KeyEnvironment;

  constructor(options: {
    readonly subjects: Subjects;
    readonly tokens: TokenStore;
    readonly peppers: Peppers;
    readonly clock: Clock;
    /** Which keys this gateway takes: `test` in front of a sandbox, else `live`. */
    readonly environment: KeyEnvironment;
  }) {
    this.#subjects = options.subjects;
    this.#tokens = options.tokens;
    this.#peppers = options.peppers;
    this.#clock = options.clock;
    this.#environment = options.environment;
  }

  /** @throws StoreUnavailable */
  verify(text: string): Verified | Denial | Promise<Verified | Denial> {
    return isTokenText(text) ? this.#verifyToken(text) : this.verifyKey(text);
  }

  /** @throws StoreUnavailable */
  verifyKey(text: string): Verified | Denial | Promise<Verified | Denial> {
    const parsed = parseKey(text);
    if (!parsed) {
      return unfit(
        'credential_malformed',
        'the text has not the form of a Filmgate key, or its checksum does not fit',
        'send the key as it was shown when it was created',
      );
    }
    if (parsed.environment !== this.#environment) return this.#elsewhere(parsed.environment);
    const subject = this.#subjects.find(parsed.id);
    return subject instanceof Promise
      ? subject.then((found) => this.#checkSecret(found, parsed.secret, parsed.environment))
      : this.#checkSecret(subject, parsed.secret, parsed.environment);
  }

  #checkSecret(
    subject: Subject | null,
    secret: string,
    environment: KeyEnvironment,
  ): Verified | Denial {
    if (!subject || subject.record.key.environment !== environment) {
      // The same work as for a known id, so that time does not tell which ids exist.
      this.#peppers.digest(secret);
      return unfit(
        'credential_unknown',
        'no key has this id',
        'create a key with filmgate keys create',
      );
    }
    const used = subject.record.secrets.find((candidate) =>
      this.#peppers.fits(secret, candidate.digest, candidate.pepperId),
    );
    const keyName = `key ${subject.record.key.id}`;
    if (!used) {
      return unfit(
        'credential_unknown',
        'the id is known, the secret does not fit',
        'use the secret that was shown last, or rotate the key',
        keyName,
      );
    }
    const denial = this.#checkLife(subject, used.retiresAtMs, keyName);
    return (
      denial ?? {
        subject,
        via: 'key',
        secretNumber: used.number,
        replaced: replacement(subject, used),
      }
    );
  }

  async #verifyToken(text: string): Promise<Verified | Denial> {
    const token = await this.#tokens.find(tokenDigest(text));
    const nowMs = this.#clock.nowMs();
    if (!token) return unfit('credential_unknown', 'no such token', 'ask for a new token');
    if (token.expiresAtMs <= nowMs) {
      return unfit(
        'credential_expired',
        'the token has expired',
        'ask for a new token',
        `key ${token.keyId}`,
      );
    }
    const subject = await this.#subjects.find(token.keyId);
    if (!subject)
      return unfit(
        'credential_unknown',
        'the key behind the token is gone',
        'create a key with filmgate keys create',
      );
    const { environment } = subject.record.key;
    if (environment !== this.#environment) return this.#elsewhere(environment);
    const denial = this.#checkLife(subject, endOfSecret(subject, token), `key ${token.keyId}`);
    return denial ?? { subject, via: 'token', secretNumber: 0, replaced: null };
  }

  #elsewhere(environment: KeyEnvironment): Denial {
    return unfit(
      'credential_environment',
      `a ${environment} key was sent to a gateway for ${this.#environment} keys`,
      `create a ${this.#environment} key`,
    );
  }

  #checkLife(
    { record: { key }, client }: Subject,
    retiresAtMs: number | null,
    source: string,
  ): Denial | null {
    const nowMs = this.#clock.nowMs();
    const stateDenial = checkState(key, source);
    if (stateDenial) return stateDenial;
    if (key.expiresAtMs <= nowMs) {
      return unfit(
        'credential_expired',
        'the key has expired',
        `filmgate keys rotate ${key.id}`,
        source,
      );
    }
    if (retiresAtMs !== null && retiresAtMs <= nowMs) {
      return unfit(
        'credential_expired',
        'the secret was replaced and its overlap has ended',
        'use the newest secret of the key',
        source,
      );
    }
    if (client.state === 'active') return null;
    return unfit(
      'credential_disabled',
      'the client is disabled',
      `filmgate clients enable ${client.name}`,
      `client ${client.name}`,
    );
  }
}

/**
 * When the secret behind a token stops working; null: no end is set. Of the secrets that lived when it was issued the
 * newest is meant: an older one that still worked then has limited the token's own life.
 */
function endOfSecret({ record }: Subject, { issuedAtMs }: Token): number | null {
  const secret = record.secrets.find(({ createdAtMs }) => createdAtMs <= issuedAtMs);
  return secret === undefined ? 0 : secret.retiresAtMs;
}

function checkState(key: Key, source: string): Denial | null {
  const because = key.stateReason === null ? '' : `: ${key.stateReason}`;
  switch (key.state) {
    case 'active':
      return null;
    case 'disabled':
      return unfit(
        'credential_disabled',
        `the key is disabled${because}`,
        `filmgate keys enable ${key.id}`,
        source,
      );
    case 'revoked':
      return unfit(
        'credential_revoked',
        `the key was revoked${because}`,
        'create a new key',
        source,
      );
  }
}

function replacement({ record }: Subject, used: KeySecret): Verified['replaced'] {
  const newest = record.secrets[0];
  if (used.retiresAtMs === null || newest === undefined) return null;
  return { atMs: newest.createdAtMs, retiresAtMs: used.retiresAtMs };
}
