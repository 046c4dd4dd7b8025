import type { Client } from '../domain/client.ts';
import type { Key, KeySecret } from '../domain/key.ts';
import type { Policy } from '../domain/policy.ts';
import { compileSubject, type Subject } from './subjects.ts';

/** Plain objects for tests: everything granted, nothing limited, unless the test says so. */
export const aClient = (changes: Partial<Client> = {}): Client => ({
  id: 'cl_1',
  name: 'crm',
  state: 'active',
  policyId: 'pol_1',
  networks: [],
  owner: 'team',
  externalId: null,
  metadata: {},
  createdAtMs: 0,
  updatedAtMs: 0,
  version: 1,
  ...changes,
});

export const aPolicy = (changes: Partial<Policy> = {}): Policy => ({
  id: 'pol_1',
  name: 'standard',
  scopes: ['things:read', 'things:write'],
  capabilities: [],
  networks: [],
  hours: [],
  remoteHosts: [],
  rate: null,
  concurrencyMax: null,
  createdAtMs: 0,
  updatedAtMs: 0,
  version: 1,
  ...changes,
});

export const aKey = (changes: Partial<Key> = {}): Key => ({
  id: 'abcdefghijkl',
  clientId: 'cl_1',
  environment: 'test',
  state: 'active',
  stateReason: null,
  name: 'first',
  scopes: null,
  networks: [],
  expiresAtMs: Number.MAX_SAFE_INTEGER,
  createdAtMs: 0,
  updatedAtMs: 0,
  version: 1,
  ...changes,
});

export const aSubject = (
  changes: {
    readonly client?: Partial<Client>;
    readonly policy?: Partial<Policy>;
    readonly key?: Partial<Key>;
    readonly secrets?: readonly KeySecret[];
  } = {},
): Subject =>
  compileSubject(
    { key: aKey(changes.key), secrets: changes.secrets ?? [] },
    aClient(changes.client),
    aPolicy(changes.policy),
  );
