import { createHash } from 'node:crypto';
import type { Client } from '../../domain/client.ts';
import type { Key, KeySecret, Token } from '../../domain/key.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Resource } from '../../domain/resource.ts';
import type { Admin, Stores } from '../../ports/stores.ts';

export const startMs = 1_790_000_000_000;

export const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();

export const policy = (change: Partial<Policy> = {}): Policy => ({
  id: 'pol_1',
  name: 'editors',
  scopes: ['video:render', 'video:read'],
  capabilities: ['avatar'],
  networks: ['10.0.0.0/8', '2001:db8::/32'],
  hours: [{ days: [1, 2], fromMinute: 480, toMinute: 1_080 }],
  remoteHosts: ['*.example.com'],
  rate: { requests: 5, windowMs: 1_000 },
  concurrencyMax: 3,
  createdAtMs: startMs,
  updatedAtMs: startMs,
  version: 1,
  ...change,
});

export const client = (change: Partial<Client> = {}): Client => ({
  id: 'cl_1',
  name: 'studio',
  state: 'active',
  policyId: 'pol_1',
  networks: ['192.0.2.7/32'],
  owner: 'Ann O’Neill <ann@example.com>',
  externalId: null,
  metadata: { team: 'ünïcödé "quotes" \\ and \n lines', 'a.b': '' },
  createdAtMs: startMs,
  updatedAtMs: startMs,
  version: 1,
  ...change,
});

export const key = (change: Partial<Key> = {}): Key => ({
  id: 'AAAAbbbb0001',
  clientId: 'cl_1',
  environment: 'live',
  state: 'active',
  stateReason: null,
  name: 'render farm',
  scopes: null,
  networks: [],
  expiresAtMs: startMs + 90 * 86_400_000,
  createdAtMs: startMs,
  updatedAtMs: startMs,
  version: 1,
  ...change,
});

export const secret = (change: Partial<KeySecret> = {}): KeySecret => ({
  keyId: 'AAAAbbbb0001',
  number: 1,
  digest: digest('secret 1'),
  pepperId: 'p1',
  createdAtMs: startMs,
  retiresAtMs: null,
  ...change,
});

export const token = (change: Partial<Token> = {}): Token => ({
  digest: digest('token 1'),
  keyId: 'AAAAbbbb0001',
  clientId: 'cl_1',
  issuedAtMs: startMs,
  expiresAtMs: startMs + 3_600_000,
  ...change,
});

export const resource = (change: Partial<Resource> = {}): Resource => ({
  kind: 'job',
  id: 'job-1',
  clientId: 'cl_1',
  requestId: 'req_1',
  operationId: 'render',
  state: 'in-progress',
  createdAtMs: startMs,
  updatedAtMs: startMs,
  ...change,
});

export const admin = (change: Partial<Admin> = {}): Admin => ({
  id: 'ad_1',
  name: 'ann',
  role: 'owner',
  digest: digest('admin 1'),
  state: 'active',
  createdAtMs: startMs,
  expiresAtMs: startMs + 365 * 86_400_000,
  version: 1,
  ...change,
});

/** A policy, a client under it and a key of the client. */
export async function furnish(stores: Stores): Promise<void> {
  await stores.policies.create(policy());
  await stores.clients.create(client());
  await stores.keys.create(key(), secret());
}
