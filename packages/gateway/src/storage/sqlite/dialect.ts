import type { DatabaseSync } from 'node:sqlite';
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, DatabaseIntrospector, Dialect, Driver, Kysely } from 'kysely';
import { SqliteConnection } from './kyselyConnection.ts';

/** Kysely over one connection of node:sqlite, which its owner opens and closes. */
export class NodeSqliteDialect implements Dialect {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#database);
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** SQLite can undo a change of schema; with it, a migration is all or nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;

  constructor(database: DatabaseSync) {
    this.#connection = new SqliteConnection(database);
  }

  /** Kysely hands it to one user at a time: see SqliteAdapter.supportsMultipleConnections. */
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  /** Every transaction of ours writes: taking the lock at its start is what keeps two processes from a deadlock. */
  async beginTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** After a full disk SQLite has rolled back by itself. */
  async rollbackTransaction(): Promise<void> {
    if (!this.#connection.isInTransaction) return;
    await this.#connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async init(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
