import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Stores } from '../../ports/stores.ts';
import type { Place } from '../contract/place.ts';
import { openPostgres } from './open.ts';

/** Where tests look for a server that lets them make databases, unless told otherwise. */
export const defaultServer = 'postgres://postgres@127.0.0.1:5432/postgres';

/** Whether a server answers there. */
export async function answers(server: string): Promise<boolean> {
  try {
    await run(server, 'select 1');
    return true;
  } catch {
    return false;
  }
}

/** A database of its own on the server, for tests. */
export async function makePostgresPlace(server: string): Promise<Place & { readonly url: string }> {
  const name = `filmgate_test_${randomBytes(6).toString('hex')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  const opened: Stores[] = [];
  const read = (query: string) => run(url.href, query);
  return {
    url: url.href,
    read,
    open: async () => {
      const stores = await openPostgres({ url: url.href, poolMax: 4 });
      opened.push(stores);
      return stores;
    },
    execute: async (statement) => {
      await read(statement);
    },
    tables: () =>
      read(
        `select table_name from information_schema.tables
          where table_schema = current_schema() order by 1`,
      ),
    drop: async () => {
      for (const stores of opened) await stores.close();
      await run(server, `drop database ${name} with (force)`);
    },
  };
}

/** One statement on a connection of its own; gives the first column. */
export async function run(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}
