import type { Client } from '../../domain/client.ts';
import type { ClientStore, Page, PageRequest } from '../../ports/stores.ts';
import type { ClientRow } from '../schema/tables.ts';
import type { Database, PreparedQuery } from './database.ts';
import { expectChange } from './expectChange.ts';
import { fromJson } from './json.ts';
import { newestFirst, toPage } from './page.ts';

export class RelationalClients implements ClientStore {
  readonly #database: Database;
  readonly #find: PreparedQuery<ClientRow>;

  constructor(database: Database) {
    this.#database = database;
    this.#find = database.prepare('select * from clients where id = ?');
  }

  async create(client: Client): Promise<void> {
    const db = await this.#database.queries();
    await db.insertInto('clients').values(toRow(client)).execute();
  }

  async find(id: string): Promise<Client | null> {
    const [row] = await this.#find(id);
    return row ? fromRow(row) : null;
  }

  async findByName(name: string): Promise<Client | null> {
    const db = await this.#database.queries();
    const row = await db
      .selectFrom('clients')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  async list(page: PageRequest): Promise<Page<Client>> {
    const db = await this.#database.queries();
    const rows = await newestFirst(db.selectFrom('clients').selectAll(), page).execute();
    return toPage(rows, page, fromRow);
  }

  async update(client: Client, expected: number): Promise<void> {
    const db = await this.#database.queries();
    const { numUpdatedRows } = await db
      .updateTable('clients')
      .set(toRow(client))
      .where('id', '=', client.id)
      .where('version', '=', expected)
      .executeTakeFirstOrThrow();
    expectChange(numUpdatedRows, 'client');
  }

  /** Its keys and tokens go with it; what it made stays recorded. */
  async remove(id: string, expected: number): Promise<void> {
    const db = await this.#database.queries();
    const { numDeletedRows } = await db
      .deleteFrom('clients')
      .where('id', '=', id)
      .where('version', '=', expected)
      .executeTakeFirstOrThrow();
    expectChange(numDeletedRows, 'client');
  }
}

const toRow = (client: Client): ClientRow => ({
  id: client.id,
  name: client.name,
  state: client.state,
  policy_id: client.policyId,
  networks: JSON.stringify(client.networks),
  owner: client.owner,
  external_id: client.externalId,
  metadata: JSON.stringify(client.metadata),
  created_at_ms: client.createdAtMs,
  updated_at_ms: client.updatedAtMs,
  version: client.version,
});

const fromRow = (row: ClientRow): Client => ({
  id: row.id,
  name: row.name,
  state: row.state,
  policyId: row.policy_id,
  networks: fromJson(row.networks),
  owner: row.owner,
  externalId: row.external_id,
  metadata: fromJson(row.metadata),
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
  version: row.version,
});
