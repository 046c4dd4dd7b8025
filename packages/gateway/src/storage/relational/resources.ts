import type { ResourceKind } from '../../domain/operation.ts';
import type { Resource } from '../../domain/resource.ts';
import {
  StoreConflict,
  type Page,
  type PageRequest,
  type ResourceStore,
} from '../../ports/stores.ts';
import type { ResourceRow } from '../schema/tables.ts';
import type { Database, PreparedQuery } from './database.ts';
import { GroupCommit } from './groupCommit.ts';
import { newestFirst, toPage } from './page.ts';

export class RelationalResources implements ResourceStore {
  readonly #database: Database;
  readonly #find: PreparedQuery<ResourceRow>;
  readonly #recording = new GroupCommit<Resource>((resources) => this.#recordAll(resources));

  constructor(database: Database) {
    this.#database = database;
    this.#find = database.prepare('select * from resources where kind = ? and id = ?');
  }

  async record(resources: readonly Resource[]): Promise<void> {
    if (resources.length > 0) await this.#recording.add(resources);
  }

  async find(kind: ResourceKind, id: string): Promise<Resource | null> {
    const [row] = await this.#find(kind, id);
    return row ? fromRow(row) : null;
  }

  async list(
    kind: ResourceKind,
    clientId: string | null,
    page: PageRequest,
  ): Promise<Page<Resource>> {
    const db = await this.#database.queries();
    const all = db.selectFrom('resources').selectAll().where('kind', '=', kind);
    const owned = clientId === null ? all : all.where('client_id', '=', clientId);
    return toPage(await newestFirst(owned, page).execute(), page, fromRow);
  }

  async setState(kind: ResourceKind, id: string, state: string, atMs: number): Promise<void> {
    const db = await this.#database.queries();
    await db
      .updateTable('resources')
      .set({ state, updated_at_ms: atMs })
      .where('kind', '=', kind)
      .where('id', '=', id)
      .execute();
  }

  async remove(kind: ResourceKind, id: string): Promise<void> {
    const db = await this.#database.queries();
    await db.deleteFrom('resources').where('kind', '=', kind).where('id', '=', id).execute();
  }

  async #recordAll(resources: readonly Resource[]): Promise<void> {
    const db = await this.#database.queries();
    await db.transaction().execute(async (transaction) => {
      // In one order everywhere: two nodes that record the same ids must not wait for each other.
      for (const resource of resources.toSorted(byKindAndId)) {
        const { numInsertedOrUpdatedRows = 0n } = await transaction
          .insertInto('resources')
          .values(toRow(resource))
          .onConflict((conflict) =>
            conflict
              .columns(['kind', 'id'])
              .doUpdateSet((eb) => ({ client_id: eb.ref('excluded.client_id') }))
              .whereRef('resources.client_id', '=', 'excluded.client_id'),
          )
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 0n) {
          throw new StoreConflict(`this ${resource.kind} belongs to another client`);
        }
      }
    });
  }
}

const byKindAndId = (a: Resource, b: Resource): number =>
  a.kind < b.kind || (a.kind === b.kind && a.id < b.id) ? -1 : 1;

const toRow = (resource: Resource): ResourceRow => ({
  kind: resource.kind,
  id: resource.id,
  client_id: resource.clientId,
  request_id: resource.requestId,
  operation_id: resource.operationId,
  state: resource.state,
  created_at_ms: resource.createdAtMs,
  updated_at_ms: resource.updatedAtMs,
});

const fromRow = (row: ResourceRow): Resource => ({
  kind: row.kind,
  id: row.id,
  clientId: row.client_id,
  requestId: row.request_id,
  operationId: row.operation_id,
  state: row.state,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
});
