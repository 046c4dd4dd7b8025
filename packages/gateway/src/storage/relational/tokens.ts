import type { Token } from '../../domain/key.ts';
import type { TokenStore } from '../../ports/stores.ts';
import type { TokenRow } from '../schema/tables.ts';
import type { Database, PreparedQuery } from './database.ts';

export class RelationalTokens implements TokenStore {
  readonly #database: Database;
  readonly #find: PreparedQuery<TokenRow>;

  constructor(database: Database) {
    this.#database = database;
    this.#find = database.prepare('select * from tokens where digest = ?');
  }

  async create(token: Token): Promise<void> {
    const db = await this.#database.queries();
    await db
      .insertInto('tokens')
      .values({
        digest: token.digest,
        key_id: token.keyId,
        client_id: token.clientId,
        issued_at_ms: token.issuedAtMs,
        expires_at_ms: token.expiresAtMs,
      })
      .execute();
  }

  async find(digest: Uint8Array): Promise<Token | null> {
    const [row] = await this.#find(digest);
    return row ? fromRow(row) : null;
  }

  async removeExpired(beforeMs: number): Promise<void> {
    const db = await this.#database.queries();
    await db.deleteFrom('tokens').where('expires_at_ms', '<=', beforeMs).execute();
  }
}

const fromRow = (row: TokenRow): Token => ({
  digest: row.digest,
  keyId: row.key_id,
  clientId: row.client_id,
  issuedAtMs: row.issued_at_ms,
  expiresAtMs: row.expires_at_ms,
});
