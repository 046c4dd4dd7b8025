import type { Reply } from './https.ts';

/** Calls the admin API as the first owner. */
export type CallAdmin = (method: string, path: string, body?: object) => Promise<Reply>;

export interface TestClient {
  readonly id: string;
  readonly key: string;
  readonly keyId: string;
}

/** A client with a policy and one key; `grants` are members of the policy, everything unless told otherwise. */
export async function makeClient(
  { admin }: { readonly admin: CallAdmin },
  name: string,
  grants: object = { preset: 'full' },
): Promise<TestClient> {
  const policy = await made(admin, '/v1/policies', { name: `policy-${name}`, ...grants });
  const client = await made(admin, '/v1/clients', {
    name,
    policy_id: (policy as { id: string }).id,
    owner: 'tests',
  });
  const { id } = client as { id: string };
  return { id, ...(await makeKey(admin, id)) };
}

export async function makeKey(
  admin: CallAdmin,
  clientId: string,
  members: object = {},
): Promise<Omit<TestClient, 'id'>> {
  const issued = await made(admin, '/v1/keys', { client_id: clientId, ...members });
  const { text, key } = issued as { text: string; key: { id: string } };
  return { key: text, keyId: key.id };
}

async function made(admin: CallAdmin, path: string, body: object): Promise<unknown> {
  const reply = await admin('POST', path, body);
  if (reply.status !== 201)
    throw new Error(`POST ${path} was answered with ${reply.status}: ${reply.text}`);
  return reply.json;
}
