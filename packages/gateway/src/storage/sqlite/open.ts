import type { DatabaseSync } from 'node:sqlite';
import type { Stores } from '../../ports/stores.ts';
import { relationalStores } from '../relational/stores.ts';
import { isBehind, migrate, migrationTable } from '../schema/migrate.ts';
import { connectWriter } from './connection.ts';
import { SqliteDatabase } from './database.ts';
import { storeError } from './errors.ts';

/**
 * The stores in one SQLite file, made where it is missing and brought up to date.
 * @throws StoreUnusable when the file cannot be a database of ours
 * @throws SchemaFromFuture when a newer Filmgate changed it
 * @throws StoreUnavailable when it is locked or the disk is full
 */
export async function openSqlite({ file }: { readonly file: string }): Promise<Stores> {
  const writer = connectWriter(file);
  const database = new SqliteDatabase(file, writer);
  try {
    if (isBehind(appliedMigrations(writer))) await migrate(await database.queries());
    return relationalStores(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function appliedMigrations(database: DatabaseSync): readonly string[] {
  try {
    const table = database.prepare('select 1 from sqlite_schema where name = ?');
    if (table.get(migrationTable) === undefined) return [];
    const rows = database.prepare(`select name from ${migrationTable}`).all();
    return rows.map((row) => String(row['name']));
  } catch (error) {
    throw storeError(error);
  }
}
