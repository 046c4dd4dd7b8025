import type { Kysely } from 'kysely';
import type { Key, KeyRecord, KeySecret } from '../../domain/key.ts';
import type { KeyStore, KeyUse, Page, PageRequest } from '../../ports/stores.ts';
import type { KeyRow, KeySecretRow, Tables } from '../schema/tables.ts';
import type { Database, PreparedQuery } from './database.ts';
import { expectChange } from './expectChange.ts';
import { fromKeyRow, fromSecretRow, toKeyRow, toSecretRow } from './keyRows.ts';
import { newestFirst, toPage } from './page.ts';

/** A key beside one of its secrets, whose columns that share a name with the key's have the prefix `secret_`. */
type JoinedRow = KeyRow &
  Pick<KeySecretRow, 'number' | 'digest' | 'pepper_id' | 'retires_at_ms'> & {
    readonly secret_created_at_ms: number;
  };

export class RelationalKeys implements KeyStore {
  readonly #database: Database;
  readonly #find: PreparedQuery<JoinedRow>;

  constructor(database: Database) {
    this.#database = database;
    this.#find = database.prepare(
      `select keys.*, number, digest, pepper_id, retires_at_ms,
              key_secrets.created_at_ms as secret_created_at_ms
         from keys join key_secrets on key_id = id
        where id = ? order by number desc`,
    );
  }

  async create(key: Key, secret: KeySecret): Promise<void> {
    const db = await this.#database.queries();
    await db.transaction().execute(async (transaction) => {
      await transaction.insertInto('keys').values(toKeyRow(key)).execute();
      await transaction.insertInto('key_secrets').values(toSecretRow(secret)).execute();
    });
  }

  async find(id: string): Promise<KeyRecord | null> {
    const rows = await this.#find(id);
    const [first] = rows;
    return first ? { key: fromKeyRow(first), secrets: rows.map(secretOf) } : null;
  }

  async list(clientId: string | null, page: PageRequest): Promise<Page<KeyRecord>> {
    const db = await this.#database.queries();
    const all = db.selectFrom('keys').selectAll();
    const owned = clientId === null ? all : all.where('client_id', '=', clientId);
    const rows = await newestFirst(owned, page).execute();
    const secrets = await this.#secretsOf(rows.map((row) => row.id));
    return toPage(rows, page, (row) => ({
      key: fromKeyRow(row),
      secrets: secrets.get(row.id) ?? [],
    }));
  }

  async update(key: Key, expected: number): Promise<void> {
    await updateKey(await this.#database.queries(), key, expected);
  }

  async rotate(
    key: Key,
    expected: number,
    secret: KeySecret,
    olderRetireAtMs: number,
  ): Promise<void> {
    const db = await this.#database.queries();
    await db.transaction().execute(async (transaction) => {
      await updateKey(transaction, key, expected);
      // An overlap that ends earlier is never prolonged.
      await transaction
        .updateTable('key_secrets')
        .set({ retires_at_ms: olderRetireAtMs })
        .where('key_id', '=', key.id)
        .where((eb) =>
          eb.or([eb('retires_at_ms', 'is', null), eb('retires_at_ms', '>', olderRetireAtMs)]),
        )
        .execute();
      await transaction.insertInto('key_secrets').values(toSecretRow(secret)).execute();
    });
  }

  /** Keeps the latest use of each secret; a key that is gone meanwhile is left out. */
  async touch(uses: readonly KeyUse[]): Promise<void> {
    const db = await this.#database.queries();
    // In one order everywhere: two nodes that touch the same keys must not wait for each other.
    const ordered = uses.toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1));
    for (let start = 0; start < ordered.length; start += touchesPerTransaction) {
      await db.transaction().execute(async (transaction) => {
        for (const use of ordered.slice(start, start + touchesPerTransaction)) {
          await touchOne(transaction, use);
        }
      });
    }
  }

  /** One for each secret that was used, latest first. */
  async lastUses(keyIds: readonly string[]): Promise<readonly KeyUse[]> {
    if (keyIds.length === 0) return [];
    const db = await this.#database.queries();
    const rows = await db
      .selectFrom('key_uses')
      .selectAll()
      .where('key_id', 'in', keyIds)
      .orderBy('at_ms', 'desc')
      .execute();
    return rows.map((row) => ({
      keyId: row.key_id,
      secretNumber: row.secret_number,
      atMs: row.at_ms,
      ip: row.ip,
    }));
  }

  async #secretsOf(keyIds: readonly string[]): Promise<ReadonlyMap<string, readonly KeySecret[]>> {
    if (keyIds.length === 0) return new Map();
    const db = await this.#database.queries();
    const rows = await db
      .selectFrom('key_secrets')
      .selectAll()
      .where('key_id', 'in', keyIds)
      .orderBy('number', 'desc')
      .execute();
    return Map.groupBy(rows.map(fromSecretRow), (secret) => secret.keyId);
  }
}

async function updateKey(db: Kysely<Tables>, key: Key, expected: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('keys')
    .set(toKeyRow(key))
    .where('id', '=', key.id)
    .where('version', '=', expected)
    .executeTakeFirstOrThrow();
  expectChange(numUpdatedRows, 'key');
}

/** Short ones: other writers and the event loop get their turn in between. */
const touchesPerTransaction = 100;

async function touchOne(db: Kysely<Tables>, use: KeyUse): Promise<void> {
  await db
    .insertInto('key_uses')
    .columns(['key_id', 'secret_number', 'at_ms', 'ip'])
    .expression((eb) =>
      eb
        .selectFrom('keys')
        .select((row) => [
          'id',
          row.val(use.secretNumber).as('secret_number'),
          row.val(use.atMs).as('at_ms'),
          row.val(use.ip).as('ip'),
        ])
        .where('id', '=', use.keyId),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['key_id', 'secret_number'])
        .doUpdateSet((eb) => ({ at_ms: eb.ref('excluded.at_ms'), ip: eb.ref('excluded.ip') }))
        .whereRef('excluded.at_ms', '>=', 'key_uses.at_ms'),
    )
    .execute();
}

const secretOf = (row: JoinedRow): KeySecret =>
  fromSecretRow({ ...row, key_id: row.id, created_at_ms: row.secret_created_at_ms });
