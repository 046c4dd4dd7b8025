import type { Policy } from '../../domain/policy.ts';
import type { Page, PageRequest, PolicyStore } from '../../ports/stores.ts';
import type { PolicyRow } from '../schema/tables.ts';
import type { Database, PreparedQuery } from './database.ts';
import { expectChange } from './expectChange.ts';
import { fromJson, fromJsonOrNull, toJsonOrNull } from './json.ts';
import { newestFirst, toPage } from './page.ts';

export class RelationalPolicies implements PolicyStore {
  readonly #database: Database;
  readonly #find: PreparedQuery<PolicyRow>;

  constructor(database: Database) {
    this.#database = database;
    this.#find = database.prepare('select * from policies where id = ?');
  }

  async create(policy: Policy): Promise<void> {
    const db = await this.#database.queries();
    await db.insertInto('policies').values(toRow(policy)).execute();
  }

  async find(id: string): Promise<Policy | null> {
    const [row] = await this.#find(id);
    return row ? fromRow(row) : null;
  }

  async findByName(name: string): Promise<Policy | null> {
    const db = await this.#database.queries();
    const row = await db
      .selectFrom('policies')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  async list(page: PageRequest): Promise<Page<Policy>> {
    const db = await this.#database.queries();
    const rows = await newestFirst(db.selectFrom('policies').selectAll(), page).execute();
    return toPage(rows, page, fromRow);
  }

  async update(policy: Policy, expected: number): Promise<void> {
    const db = await this.#database.queries();
    const { numUpdatedRows } = await db
      .updateTable('policies')
      .set(toRow(policy))
      .where('id', '=', policy.id)
      .where('version', '=', expected)
      .executeTakeFirstOrThrow();
    expectChange(numUpdatedRows, 'policy');
  }

  /** @throws StoreConflict also while a client is under it */
  async remove(id: string, expected: number): Promise<void> {
    const db = await this.#database.queries();
    const { numDeletedRows } = await db
      .deleteFrom('policies')
      .where('id', '=', id)
      .where('version', '=', expected)
      .executeTakeFirstOrThrow();
    expectChange(numDeletedRows, 'policy');
  }
}

const toRow = (policy: Policy): PolicyRow => ({
  id: policy.id,
  name: policy.name,
  scopes: JSON.stringify(policy.scopes),
  capabilities: JSON.stringify(policy.capabilities),
  networks: JSON.stringify(policy.networks),
  hours: JSON.stringify(policy.hours),
  remote_hosts: JSON.stringify(policy.remoteHosts),
  rate: toJsonOrNull(policy.rate),
  concurrency_max: policy.concurrencyMax,
  created_at_ms: policy.createdAtMs,
  updated_at_ms: policy.updatedAtMs,
  version: policy.version,
});

const fromRow = (row: PolicyRow): Policy => ({
  id: row.id,
  name: row.name,
  scopes: fromJson(row.scopes),
  capabilities: fromJson(row.capabilities),
  networks: fromJson(row.networks),
  hours: fromJson(row.hours),
  remoteHosts: fromJson(row.remote_hosts),
  rate: fromJsonOrNull(row.rate),
  concurrencyMax: row.concurrency_max,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
  version: row.version,
});
