import type { SettingStore } from '../../ports/stores.ts';
import type { Database } from './database.ts';

export class RelationalSettings implements SettingStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async get(name: string): Promise<string | null> {
    const db = await this.#database.queries();
    const row = await db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirst();
    return row ? row.value : null;
  }

  async putIfAbsent(name: string, value: string): Promise<string> {
    const db = await this.#database.queries();
    await db
      .insertInto('settings')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const { value: stored } = await db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return stored;
  }
}
