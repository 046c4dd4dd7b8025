import type { Pool } from 'pg';
import type { Kysely } from 'kysely';
import type { Database, PreparedQuery } from '../relational/database.ts';
import type { Tables } from '../schema/tables.ts';
import { isDisconnect, storeError } from './errors.ts';
import { guardedPool } from './pool.ts';

/** A pool of connections, each of which prepares a query at its first use. */
export class PostgresDatabase implements Database {
  readonly #pool: Pool;
  #prepared = 0;
  #kysely: Promise<Kysely<Tables>> | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  queries(): Promise<Kysely<Tables>> {
    this.#kysely ??= kyselyOver(this.#pool);
    return this.#kysely;
  }

  prepare<Row>(query: string): PreparedQuery<Row> {
    this.#prepared += 1;
    const name = `filmgate_${this.#prepared}`;
    const text = numbered(query);
    return (...parameters) => this.#read<Row>({ name, text, values: parameters as unknown[] });
  }

  close(): Promise<void> {
    return this.#pool.ending ? Promise.resolve() : this.#pool.end();
  }

  /** A read may be repeated: one connection that broke unseen, as after a restart of the server, is nobody's error. */
  async #read<Row>(query: { name: string; text: string; values: unknown[] }) {
    try {
      return (await this.#pool.query(query)).rows as readonly Row[];
    } catch (error) {
      if (!isDisconnect(error)) throw storeError(error);
    }
    try {
      return (await this.#pool.query(query)).rows as readonly Row[];
    } catch (error) {
      throw storeError(error);
    }
  }
}

export async function kyselyOver(pool: Pool): Promise<Kysely<Tables>> {
  const { Kysely, PostgresDialect } = await import('kysely');
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(pool) }) });
}

function numbered(query: string): string {
  let number = 0;
  return query.replaceAll('?', () => `$${(number += 1)}`);
}
