import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { aClient, aPolicy } from '../credentials/subject.fixture.ts';
import type { Resource } from '../domain/resource.ts';
import type { Json } from '../domain/shape.ts';
import type { ResourceStore, Stores } from '../ports/stores.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import type { Client } from '../domain/client.ts';

/** A real store in a folder that goes with the test, holding the clients `cl_one` and `cl_two`. */
export async function openResources(context: TestContext): Promise<ResourceStore> {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-jobs-'));
  const stores = await openSqlite({ file: join(folder, 'test.db') });
  context.after(async () => {
    await stores.close();
    rmSync(folder, { recursive: true });
  });
  await addClients(stores);
  return stores.resources;
}

async function addClients(stores: Stores): Promise<void> {
  await stores.policies.create(aPolicy());
  for (const id of ['cl_one', 'cl_two']) await stores.clients.create(client(id));
}

export const client = (id: string): Client => aClient({ id, name: id.replace('cl_', '') });

export const resource = (
  kind: string,
  id: string,
  clientId: string,
  more: Partial<Resource> = {},
): Resource => ({
  kind,
  id,
  clientId,
  requestId: null,
  operationId: null,
  state: null,
  createdAtMs: 0,
  updatedAtMs: 0,
  ...more,
});

export const jsonReply = (body: Json, status = 200): UpstreamReply => ({
  status,
  headers: [
    ['content-type', 'application/json'],
    ['etag', '"whole"'],
    ['x-total', '99'],
    ['date', 'Tue, 24 Nov 2026 12:00:00 GMT'],
  ],
  body: Buffer.from(JSON.stringify(body)),
  headMs: 3,
});
