import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import type { Database, PreparedQuery } from '../relational/database.ts';
import type { Tables } from '../schema/tables.ts';
import { connectReader } from './connection.ts';
import { storeError } from './errors.ts';

/** One connection that writes and, once the schema stands, one that answers the request's way. */
export class SqliteDatabase implements Database {
  readonly #file: string;
  readonly #writer: DatabaseSync;
  #reader: DatabaseSync | null = null;
  #kysely: Promise<Kysely<Tables>> | null = null;

  constructor(file: string, writer: DatabaseSync) {
    this.#file = file;
    this.#writer = writer;
  }

  queries(): Promise<Kysely<Tables>> {
    this.#kysely ??= loadKysely(this.#writer);
    return this.#kysely;
  }

  prepare<Row>(query: string): PreparedQuery<Row> {
    this.#reader ??= connectReader(this.#file);
    const statement = prepared(this.#reader, query);
    return async (...parameters) => {
      try {
        return statement.all(...parameters) as unknown as readonly Row[];
      } catch (error) {
        throw storeError(error);
      }
    };
  }

  async close(): Promise<void> {
    if (this.#reader?.isOpen) this.#reader.close();
    // Last, so that it leaves the file whole and without a log beside it.
    if (this.#writer.isOpen) this.#writer.close();
  }
}

async function loadKysely(database: DatabaseSync): Promise<Kysely<Tables>> {
  const [{ Kysely }, { NodeSqliteDialect }] = await Promise.all([
    import('kysely'),
    import('./dialect.ts'),
  ]);
  return new Kysely<Tables>({ dialect: new NodeSqliteDialect(database) });
}

function prepared(database: DatabaseSync, query: string): StatementSync {
  try {
    return database.prepare(query);
  } catch (error) {
    throw storeError(error);
  }
}
