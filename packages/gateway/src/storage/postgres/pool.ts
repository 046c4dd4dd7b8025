import type { Pool, PoolClient, PoolConfig } from 'pg';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { StoreUnusable } from '../storeUnusable.ts';
import { isUnanswered, storeError } from './errors.ts';

const connectTimeoutMs = 3_000;
const statementTimeoutMs = 5_000;
/** For a server that is silent: a little later than the server's own timeout. */
const replyTimeoutMs = 7_000;
const idleTransactionTimeoutMs = 10_000;
const int8 = 20;

export interface PoolOptions {
  readonly url: string;
  readonly poolMax: number;
  /** Migrations may take long and wait for another node's. */
  readonly timeouts: boolean;
}

/**
 * Connections that are made when needed. TLS and search path are as the connection string says.
 * @throws StoreUnusable for an address that is none
 */
export async function makePool({ url, poolMax, timeouts }: PoolOptions): Promise<Pool> {
  const { Client, Pool, types } = await import('pg');
  const config: PoolConfig = {
    connectionString: url,
    max: poolMax,
    application_name: 'filmgate',
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    ...(timeouts && {
      statement_timeout: statementTimeoutMs,
      query_timeout: replyTimeoutMs,
      idle_in_transaction_session_timeout: idleTransactionTimeoutMs,
    }),
    types: {
      // All of ours are times, versions and counts below 2^53.
      getTypeParser: (oid, format) =>
        (oid as number) === int8 ? Number : types.getTypeParser(oid, format),
    },
  };
  try {
    // The pool itself would look at the address only when it connects.
    void new Client(config);
  } catch {
    // Without the cause, which quotes the address and with it the password.
    throw new StoreUnusable(
      'the PostgreSQL address is not a connection string, or names a file that cannot be read',
    );
  }
  const pool = new Pool(config);
  // A connection that breaks while idle is dropped by the pool; the next query makes a new one.
  pool.on('error', () => {});
  return pool;
}

/** The pool as Kysely sees it: errors are ours, and a connection in an unknown state is never used again. */
export function guardedPool(pool: Pool): PostgresPool {
  return {
    connect: async () => {
      try {
        return new GuardedClient(await pool.connect());
      } catch (error) {
        throw storeError(error);
      }
    },
    end: async () => {},
    options: pool.options,
  };
}

class GuardedClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  #broken = false;

  constructor(client: PoolClient) {
    this.#client = client;
    // Without a listener, a connection that breaks between two statements ends the process.
    client.on('error', this.#onError);
  }

  readonly #onError = (): void => {
    this.#broken = true;
  };

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query(): never;
  async query(text?: unknown, values?: readonly unknown[]): Promise<PostgresQueryResult<unknown>> {
    try {
      const result = await this.#client.query(String(text), [...(values ?? [])]);
      return result as unknown as PostgresQueryResult<unknown>;
    } catch (error) {
      this.#broken ||= isUnanswered(error);
      throw storeError(error);
    }
  }

  release(): void {
    this.#client.off('error', this.#onError);
    this.#client.release(this.#broken);
  }
}
