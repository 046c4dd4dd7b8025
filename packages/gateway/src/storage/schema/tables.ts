import type { Client } from '../../domain/client.ts';
import type { Key } from '../../domain/key.ts';
import type { Admin } from '../../ports/stores.ts';

/**
 * The tables as both databases have them. Times are milliseconds since 1970. Lists and records are JSON text:
 * they are read and written whole and never searched.
 */
export interface Tables {
  clients: ClientRow;
  policies: PolicyRow;
  keys: KeyRow;
  key_secrets: KeySecretRow;
  key_uses: KeyUseRow;
  tokens: TokenRow;
  resources: ResourceRow;
  admins: AdminRow;
  bootstrap: BootstrapRow;
  settings: SettingRow;
}

export interface ClientRow {
  id: string;
  name: string;
  state: Client['state'];
  policy_id: string;
  networks: string;
  owner: string;
  external_id: string | null;
  metadata: string;
  created_at_ms: number;
  updated_at_ms: number;
  version: number;
}

export interface PolicyRow {
  id: string;
  name: string;
  scopes: string;
  capabilities: string;
  networks: string;
  hours: string;
  remote_hosts: string;
  /** JSON of the rate limit, or null. */
  rate: string | null;
  concurrency_max: number | null;
  created_at_ms: number;
  updated_at_ms: number;
  version: number;
}

export interface KeyRow {
  id: string;
  client_id: string;
  environment: Key['environment'];
  state: Key['state'];
  state_reason: string | null;
  name: string;
  scopes: string | null;
  networks: string;
  expires_at_ms: number;
  created_at_ms: number;
  updated_at_ms: number;
  version: number;
}

export interface KeySecretRow {
  key_id: string;
  number: number;
  digest: Uint8Array;
  pepper_id: string;
  created_at_ms: number;
  retires_at_ms: number | null;
}

interface KeyUseRow {
  key_id: string;
  secret_number: number;
  at_ms: number;
  ip: string;
}

export interface TokenRow {
  digest: Uint8Array;
  key_id: string;
  client_id: string;
  issued_at_ms: number;
  expires_at_ms: number;
}

export interface ResourceRow {
  kind: string;
  id: string;
  client_id: string;
  request_id: string | null;
  operation_id: string | null;
  state: string | null;
  created_at_ms: number;
  updated_at_ms: number;
}

export interface AdminRow {
  id: string;
  name: string;
  role: Admin['role'];
  digest: Uint8Array;
  state: Admin['state'];
  created_at_ms: number;
  expires_at_ms: number;
  version: number;
}

/** At most one row, number 1. */
export interface BootstrapRow {
  number: number;
  digest: Uint8Array;
  expires_at_ms: number;
  used_at_ms: number | null;
}

interface SettingRow {
  name: string;
  value: string;
}
