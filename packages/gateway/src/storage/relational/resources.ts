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
      for (const rows of inChunks(distinct(resources).map(toRow))) {
        const { numInsertedOrUpdatedRows = 0n } = await transaction
          .insertInto('resources')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['kind', 'id'])
              .doUpdateSet((eb) => ({ client_id: eb.ref('excluded.client_id') }))
              .whereRef('resources.client_id', '=', 'excluded.client_id'),
          )
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows !== BigInt(rows.length)) throw owned();
      }
    });
  }
}

const owned = (): StoreConflict => new StoreConflict('a resource belongs to another client');

/**
 * Each resource once, since one statement must not touch a row twice; and in one order everywhere, since two nodes that
 * record the same ids must not wait for each other.
 */
function distinct(resources: readonly Resource[]): readonly Resource[] {
  const kept: Resource[] = [];
  for (const resource of resources.toSorted(byKindAndId)) {
    const last = kept.at(-1);
    if (last === undefined || byKindAndId(last, resource) !== 0) kept.push(resource);
    else if (last.clientId !== resource.clientId) throw owned();
  }
  return kept;
}

/** Databases bound the number of parameters of a statement. */
const rowsMax = 1_000;

function* inChunks<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += rowsMax) {
    yield rows.slice(start, start + rowsMax);
  }
}

const byKindAndId = (a: Resource, b: Resource): number =>
  compare(a.kind, b.kind) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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
