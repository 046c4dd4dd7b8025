import type { Pool } from 'pg';
import type { Stores } from '../../ports/stores.ts';
import { relationalStores } from '../relational/stores.ts';
import { isBehind, migrate, migrationTable } from '../schema/migrate.ts';
import { StoreUnusable } from '../storeUnusable.ts';
import { kyselyOver, PostgresDatabase } from './database.ts';
import { isLasting, storeError } from './errors.ts';
import { makePool } from './pool.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; `sslmode=verify-full` for TLS. Never logged. */
  readonly url: string;
  /** Connections at most. */
  readonly poolMax: number;
}

/**
 * The stores in one PostgreSQL database, or in the schema that its search path names, brought up to date.
 * Nodes that start together migrate once.
 * @throws StoreUnusable when the address, user, password or database is wrong
 * @throws SchemaFromFuture when a newer Filmgate changed it
 * @throws StoreUnavailable when it does not answer
 */
export async function openPostgres({ url, poolMax }: PostgresOptions): Promise<Stores> {
  const pool = await makePool({ url, poolMax, timeouts: true });
  try {
    const schema = await currentSchema(pool);
    if (isBehind(await appliedMigrations(pool))) await migrateAlone(url, schema);
    return relationalStores(new PostgresDatabase(pool));
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function currentSchema(pool: Pool): Promise<string> {
  const [row] = await ask<{ schema: string | null }>(pool, 'select current_schema() as schema');
  if (row?.schema) return row.schema;
  throw new StoreUnusable('no schema of the search path of the database exists');
}

async function appliedMigrations(pool: Pool): Promise<readonly string[]> {
  const present = `select 1 where to_regclass('${migrationTable}') is not null`;
  if ((await ask(pool, present)).length === 0) return [];
  const rows = await ask<{ name: string }>(pool, `select name from ${migrationTable}`);
  return rows.map((row) => row.name);
}

/** On connections of its own, without time limits: another node's migration is waited for. */
async function migrateAlone(url: string, schema: string): Promise<void> {
  const pool = await makePool({ url, poolMax: 2, timeouts: false });
  try {
    await migrate(await kyselyOver(pool), schema);
  } finally {
    await pool.end();
  }
}

async function ask<Row>(pool: Pool, query: string): Promise<readonly Row[]> {
  try {
    return (await pool.query(query)).rows as readonly Row[];
  } catch (error) {
    const failure = storeError(error);
    throw isLasting(error) ? new StoreUnusable(failure.message) : failure;
  }
}
