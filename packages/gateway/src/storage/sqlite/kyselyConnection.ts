import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { isLocked, storeError } from './errors.ts';

const lockRetryMs = 10;
const lockRetriesMax = 200;

/**
 * Runs what Kysely compiled. Between two transactions the event loop gets its turn, for nothing else here waits for it;
 * and another process that writes is waited for without stopping this one.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get isInTransaction(): boolean {
    return this.#database.isOpen && this.#database.isTransaction;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.isInTransaction) await setImmediate();
    for (let retries = 0; ; retries += 1) {
      try {
        return this.#run<Row>(query);
      } catch (error) {
        if (!isLocked(error) || retries === lockRetriesMax) throw storeError(error);
        await setTimeout(lockRetryMs);
      }
    }
  }

  streamQuery(): never {
    throw new TypeError('rows are never streamed');
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = this.#database.prepare(sql);
    const values = parameters as readonly SQLInputValue[];
    if (statement.columns().length > 0) {
      return { rows: statement.all(...values) as unknown as Row[] };
    }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
  }
}
