import type { Admin, AdminStore, Page, PageRequest } from '../../ports/stores.ts';
import type { AdminRow, BootstrapRow } from '../schema/tables.ts';
import type { Database, PreparedQuery } from './database.ts';
import { expectChange } from './expectChange.ts';
import { newestFirst, toPage } from './page.ts';

export class RelationalAdmins implements AdminStore {
  readonly #database: Database;
  readonly #offer: PreparedQuery<BootstrapRow>;

  constructor(database: Database) {
    this.#database = database;
    this.#offer = database.prepare('select * from bootstrap');
  }

  async create(admin: Admin): Promise<void> {
    const db = await this.#database.queries();
    await db.insertInto('admins').values(toRow(admin)).execute();
  }

  async findByDigest(digest: Uint8Array): Promise<Admin | null> {
    const db = await this.#database.queries();
    const row = await db
      .selectFrom('admins')
      .selectAll()
      .where('digest', '=', digest)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  async find(id: string): Promise<Admin | null> {
    const db = await this.#database.queries();
    const row = await db.selectFrom('admins').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  async list(page: PageRequest): Promise<Page<Admin>> {
    const db = await this.#database.queries();
    const rows = await newestFirst(db.selectFrom('admins').selectAll(), page).execute();
    return toPage(rows, page, fromRow);
  }

  async update(admin: Admin, expected: number): Promise<void> {
    const db = await this.#database.queries();
    const { numUpdatedRows } = await db
      .updateTable('admins')
      .set(toRow(admin))
      .where('id', '=', admin.id)
      .where('version', '=', expected)
      .executeTakeFirstOrThrow();
    expectChange(numUpdatedRows, 'admin');
  }

  async offerBootstrap(digest: Uint8Array, expiresAtMs: number, atMs: number): Promise<boolean> {
    // Asked at every start, and answered so at nearly all of them.
    const [offer] = await this.#offer();
    if (offer && (offer.used_at_ms !== null || offer.expires_at_ms > atMs)) return false;
    const db = await this.#database.queries();
    const { numInsertedOrUpdatedRows = 0n } = await db
      .insertInto('bootstrap')
      .values({ number: 1, digest, expires_at_ms: expiresAtMs, used_at_ms: null })
      .onConflict((conflict) =>
        conflict
          .column('number')
          .doUpdateSet({ digest, expires_at_ms: expiresAtMs })
          .where('bootstrap.used_at_ms', 'is', null)
          .where('bootstrap.expires_at_ms', '<=', atMs),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async bootstrap(digest: Uint8Array, atMs: number, admin: Admin): Promise<boolean> {
    const db = await this.#database.queries();
    return await db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('bootstrap')
        .set({ used_at_ms: atMs })
        .where('digest', '=', digest)
        .where('used_at_ms', 'is', null)
        .where('expires_at_ms', '>', atMs)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      await transaction.insertInto('admins').values(toRow(admin)).execute();
      return true;
    });
  }
}

const toRow = (admin: Admin): AdminRow => ({
  id: admin.id,
  name: admin.name,
  role: admin.role,
  digest: admin.digest,
  state: admin.state,
  created_at_ms: admin.createdAtMs,
  expires_at_ms: admin.expiresAtMs,
  version: admin.version,
});

const fromRow = (row: AdminRow): Admin => ({
  id: row.id,
  name: row.name,
  role: row.role,
  digest: row.digest,
  state: row.state,
  createdAtMs: row.created_at_ms,
  expiresAtMs: row.expires_at_ms,
  version: row.version,
});
