import type { Gateway } from '../gateway.ts';

/** A client with one key, as the demonstration needs it. */
export interface TryClient {
  readonly name: string;
  readonly key: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
  readonly networks: readonly string[];
}

export interface TryClientOptions {
  readonly name: string;
  readonly policyId: string;
  readonly networks: readonly string[];
  readonly scopes: readonly string[];
}

export async function createPolicy(admin: Gateway): Promise<string> {
  const { body } = await admin.change<{ id: string }>('POST', '/v1/policies', {
    body: { name: 'create-and-read', preset: 'create-and-read' },
  });
  return body.id;
}

export async function createClient(admin: Gateway, options: TryClientOptions): Promise<TryClient> {
  const { name, policyId, networks, scopes } = options;
  const client = await admin.change<{ id: string }>('POST', '/v1/clients', {
    body: { name, policy_id: policyId, owner: 'filmgate try' },
  });
  const issued = await admin.change<{ key: { id: string }; text: string }>('POST', '/v1/keys', {
    body: { client_id: client.body.id, networks, scopes },
  });
  return { name, key: issued.body.text, keyId: issued.body.key.id, scopes, networks };
}
