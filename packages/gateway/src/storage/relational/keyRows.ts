import type { Key, KeySecret } from '../../domain/key.ts';
import type { KeyRow, KeySecretRow } from '../schema/tables.ts';
import { fromJson, fromJsonOrNull, toJsonOrNull } from './json.ts';

export const toKeyRow = (key: Key): KeyRow => ({
  id: key.id,
  client_id: key.clientId,
  environment: key.environment,
  state: key.state,
  state_reason: key.stateReason,
  name: key.name,
  scopes: toJsonOrNull(key.scopes),
  networks: JSON.stringify(key.networks),
  expires_at_ms: key.expiresAtMs,
  created_at_ms: key.createdAtMs,
  updated_at_ms: key.updatedAtMs,
  version: key.version,
});

export const fromKeyRow = (row: KeyRow): Key => ({
  id: row.id,
  clientId: row.client_id,
  environment: row.environment,
  state: row.state,
  stateReason: row.state_reason,
  name: row.name,
  scopes: fromJsonOrNull(row.scopes),
  networks: fromJson(row.networks),
  expiresAtMs: row.expires_at_ms,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
  version: row.version,
});

export const toSecretRow = (secret: KeySecret): KeySecretRow => ({
  key_id: secret.keyId,
  number: secret.number,
  digest: secret.digest,
  pepper_id: secret.pepperId,
  created_at_ms: secret.createdAtMs,
  retires_at_ms: secret.retiresAtMs,
});

export const fromSecretRow = (row: KeySecretRow): KeySecret => ({
  keyId: row.key_id,
  number: row.number,
  digest: row.digest,
  pepperId: row.pepper_id,
  createdAtMs: row.created_at_ms,
  retiresAtMs: row.retires_at_ms,
});
