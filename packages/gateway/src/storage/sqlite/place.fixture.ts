import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Stores } from '../../ports/stores.ts';
import type { Place } from '../contract/place.ts';
import { openSqlite } from './open.ts';

/** A SQLite file in a temporary folder, for tests. */
export async function makeSqlitePlace(): Promise<Place & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'filmgate-sqlite-'));
  const file = join(folder, 'filmgate.sqlite');
  const opened: Stores[] = [];
  const read = async (query: string) => {
    const database = new DatabaseSync(file, { timeout: 2_000 });
    try {
      return database
        .prepare(query)
        .all()
        .map((row) => Object.values(row)[0]);
    } finally {
      database.close();
    }
  };
  return {
    file,
    read,
    open: async () => {
      const stores = await openSqlite({ file });
      opened.push(stores);
      return stores;
    },
    execute: async (statement) => {
      await read(statement);
    },
    tables: () => read(`select name from sqlite_schema where type = 'table' order by name`),
    drop: async () => {
      for (const stores of opened) await stores.close();
      await rm(folder, { recursive: true });
    },
  };
}
