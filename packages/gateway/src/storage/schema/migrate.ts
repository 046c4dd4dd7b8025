import type { Kysely } from 'kysely';
import { StoreUnavailable } from '../../ports/stores.ts';
import type { Tables } from './tables.ts';
import { migrations } from './migrations.ts';
import { SchemaFromFuture } from './schemaFromFuture.ts';

/** Where Kysely notes the migrations that ran. */
export const migrationTable = 'kysely_migration';

/**
 * Whether migrations are to be run.
 * @param applied names of the migrations that the database has
 * @throws SchemaFromFuture
 */
export function isBehind(applied: readonly string[]): boolean {
  const known = Object.keys(migrations).sort();
  const unknown = applied.filter((name) => !known.includes(name)).sort();
  if (unknown.some((name) => !name.endsWith('_expand'))) {
    throw new SchemaFromFuture(unknown.at(-1)!, known.at(-1)!);
  }
  // Known ones that are missing below a newer schema: the newer program has to run them.
  return unknown.length === 0 && known.some((name) => !applied.includes(name));
}

/**
 * Runs what is missing, all or nothing, one node at a time.
 * @param schema where the tables stand, for databases with schemas
 * @throws StoreUnavailable
 */
export async function migrate(kysely: Kysely<Tables>, schema?: string): Promise<void> {
  const { Migrator } = await import('kysely/migration');
  const migrator = new Migrator({
    db: kysely,
    provider: { getMigrations: loadAll },
    migrationTableName: migrationTable,
    ...(schema !== undefined && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof StoreUnavailable) throw error;
  throw new StoreUnavailable('the database schema could not be brought up to date');
}

async function loadAll() {
  const entries = Object.entries(migrations);
  return Object.fromEntries(
    await Promise.all(entries.map(async ([name, load]) => [name, await load()] as const)),
  );
}
