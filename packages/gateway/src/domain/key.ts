export type KeyEnvironment = 'live' | 'test';
export type KeyState = 'active' | 'disabled' | 'revoked';

/**
 * A credential that Filmgate issued: text `fg_<environment>_<id>_<secret><checksum>`.
 * The id is public and stays the same through rotations; each rotation adds a secret version.
 */
export interface Key {
  /** 12 base62 characters. */
  readonly id: string;
  readonly clientId: string;
  readonly environment: KeyEnvironment;
  readonly state: KeyState;
  /** Why it is in its state, when it is not active: for the operator, never the caller. */
  readonly stateReason: string | null;
  readonly name: string;
  /** Narrows the policy's scopes; null: all of them. */
  readonly scopes: readonly string[] | null;
  /** CIDRs; empty: no rule of this key's own. */
  readonly networks: readonly string[];
  readonly expiresAtMs: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly version: number;
}

/** One secret of a key. Two may be live during an overlap. */
export interface KeySecret {
  readonly keyId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  /** HMAC-SHA-256 of the secret under the pepper `pepperId`: 32 bytes. */
  readonly digest: Uint8Array;
  readonly pepperId: string;
  readonly createdAtMs: number;
  /** When a successor exists: the end of the overlap. */
  readonly retiresAtMs: number | null;
}

/** A key as authentication needs it: read in one go. */
export interface KeyRecord {
  readonly key: Key;
  /** Newest first. */
  readonly secrets: readonly KeySecret[];
}

/** A short-lived token made from a key by the provider's own token call. Only the digest is stored. */
export interface Token {
  /** SHA-256 of the token text, 32 bytes. */
  readonly digest: Uint8Array;
  readonly keyId: string;
  readonly clientId: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}
