import type { Client } from '../domain/client.ts';
import type { Key, KeyRecord, KeySecret, Token } from '../domain/key.ts';
import type { ResourceKind } from '../domain/operation.ts';
import type { Policy } from '../domain/policy.ts';
import type { Resource } from '../domain/resource.ts';

/** A page of rows and the cursor of the next one; null at the end. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface PageRequest {
  /** 1 to 200. */
  readonly limit: number;
  /** Opaque, from {@link Page.next}; null for the first page. */
  readonly cursor: string | null;
}

/** Thrown by every store when it cannot answer now (down, locked, disk full). The caller fails closed with 503. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Thrown by `create` and `update` when a unique value is taken or the version is not the expected one. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}

/** Thrown by every `list` for a cursor that is not one of its own. */
export class CursorInvalid extends Error {
  override readonly name = 'CursorInvalid';

  constructor() {
    super('the cursor is not valid; start again without one');
  }
}

/** All writes resolve once the change is durable. `update` replaces where the stored version is `expected`, else throws {@link StoreConflict}. */
export interface ClientStore {
  create(client: Client): Promise<void>;
  find(id: string): Promise<Client | null>;
  findByName(name: string): Promise<Client | null>;
  list(page: PageRequest): Promise<Page<Client>>;
  update(client: Client, expected: number): Promise<void>;
  remove(id: string, expected: number): Promise<void>;
}

export interface PolicyStore {
  create(policy: Policy): Promise<void>;
  find(id: string): Promise<Policy | null>;
  findByName(name: string): Promise<Policy | null>;
  list(page: PageRequest): Promise<Page<Policy>>;
  update(policy: Policy, expected: number): Promise<void>;
  remove(id: string, expected: number): Promise<void>;
}

export interface KeyStore {
  create(key: Key, secret: KeySecret): Promise<void>;
  /** The hot path: key and secrets in one prepared read. */
  find(id: string): Promise<KeyRecord | null>;
  list(clientId: string | null, page: PageRequest): Promise<Page<KeyRecord>>;
  update(key: Key, expected: number): Promise<void>;
  /** Adds the new secret and sets when the older ones retire, in one transaction with the key's new version. */
  rotate(key: Key, expected: number, secret: KeySecret, olderRetireAtMs: number): Promise<void>;
  /** Last use per key, in batches, never on the request's way. */
  touch(uses: readonly KeyUse[]): Promise<void>;
  lastUses(keyIds: readonly string[]): Promise<readonly KeyUse[]>;
}

export interface KeyUse {
  readonly keyId: string;
  readonly secretNumber: number;
  readonly atMs: number;
  readonly ip: string;
}

export interface TokenStore {
  create(token: Token): Promise<void>;
  find(digest: Uint8Array): Promise<Token | null>;
  removeExpired(beforeMs: number): Promise<void>;
}

export interface ResourceStore {
  /** Records new resources, all or none. Recording the same owner again is harmless; another owner throws {@link StoreConflict}. */
  record(resources: readonly Resource[]): Promise<void>;
  find(kind: ResourceKind, id: string): Promise<Resource | null>;
  /** Newest first. `clientId` null: everybody's, for operators. */
  list(kind: ResourceKind, clientId: string | null, page: PageRequest): Promise<Page<Resource>>;
  setState(kind: ResourceKind, id: string, state: string, atMs: number): Promise<void>;
  remove(kind: ResourceKind, id: string): Promise<void>;
}

/** People and machines that administer the gateway. */
export interface Admin {
  readonly id: string;
  readonly name: string;
  readonly role: 'owner' | 'operator' | 'auditor' | 'viewer';
  /** SHA-256 of the token, 32 bytes. */
  readonly digest: Uint8Array;
  readonly state: 'active' | 'disabled';
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly version: number;
}

export interface AdminStore {
  create(admin: Admin): Promise<void>;
  findByDigest(digest: Uint8Array): Promise<Admin | null>;
  find(id: string): Promise<Admin | null>;
  list(page: PageRequest): Promise<Page<Admin>>;
  update(admin: Admin, expected: number): Promise<void>;
  /**
   * Stores the bootstrap token's digest where none was ever stored, or only one that expired unused before `atMs`;
   * false when the gateway was bootstrapped or has a pending one.
   */
  offerBootstrap(digest: Uint8Array, expiresAtMs: number, atMs: number): Promise<boolean>;
  /** Consumes the token and creates the first owner in one transaction; false when it does not fit, expired or was used. */
  bootstrap(digest: Uint8Array, atMs: number, admin: Admin): Promise<boolean>;
}

/** Named values that the gateway itself must remember durably: peppers, node ids. Not for credentials in clear. */
export interface SettingStore {
  get(name: string): Promise<string | null>;
  /** Writes only where the name is free; returns what stands there afterwards. */
  putIfAbsent(name: string, value: string): Promise<string>;
}

/** Everything that one database gives. */
export interface Stores {
  readonly clients: ClientStore;
  readonly policies: PolicyStore;
  readonly keys: KeyStore;
  readonly tokens: TokenStore;
  readonly resources: ResourceStore;
  readonly admins: AdminStore;
  readonly settings: SettingStore;
  /** Resolves when the database answers; throws {@link StoreUnavailable}. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
