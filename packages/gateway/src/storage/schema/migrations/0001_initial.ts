import { PostgresAdapter, sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The first schema. */
export const migration: Migration = {
  async up(db) {
    await createPolicies(db);
    await createClients(db);
    await createKeys(db);
    await createTokens(db);
    await createResources(db);
    await createAdmins(db);
    await db.schema
      .createTable('settings')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
  },
};

type Db = Kysely<unknown>;

const bytes = (db: Db) =>
  db.getExecutor().adapter instanceof PostgresAdapter ? ('bytea' as const) : ('blob' as const);

async function createPolicies(db: Db): Promise<void> {
  await db.schema
    .createTable('policies')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('capabilities', 'text', (column) => column.notNull())
    .addColumn('networks', 'text', (column) => column.notNull())
    .addColumn('hours', 'text', (column) => column.notNull())
    .addColumn('remote_hosts', 'text', (column) => column.notNull())
    .addColumn('rate', 'text')
    .addColumn('concurrency_max', 'bigint')
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await indexByAge(db, 'policies', []);
}

async function createClients(db: Db): Promise<void> {
  await db.schema
    .createTable('clients')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('policy_id', 'text', (column) => column.notNull().references('policies.id'))
    .addColumn('networks', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('external_id', 'text')
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await indexByAge(db, 'clients', []);
  await db.schema.createIndex('clients_policy').on('clients').column('policy_id').execute();
}

async function createKeys(db: Db): Promise<void> {
  await db.schema
    .createTable('keys')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('client_id', 'text', (column) =>
      column.notNull().references('clients.id').onDelete('cascade'),
    )
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('state_reason', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text')
    .addColumn('networks', 'text', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await indexByAge(db, 'keys', []);
  await indexByAge(db, 'keys', ['client_id']);
  await db.schema
    .createTable('key_secrets')
    .addColumn('key_id', 'text', ofKey)
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('digest', bytes(db), (column) => column.notNull())
    .addColumn('pepper_id', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('retires_at_ms', 'bigint')
    .addPrimaryKeyConstraint('key_secrets_pkey', ['key_id', 'number'])
    .execute();
  await db.schema
    .createTable('key_uses')
    .addColumn('key_id', 'text', ofKey)
    .addColumn('secret_number', 'bigint', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('ip', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('key_uses_pkey', ['key_id', 'secret_number'])
    .execute();
}

async function createTokens(db: Db): Promise<void> {
  await db.schema
    .createTable('tokens')
    .addColumn('digest', bytes(db), (column) => column.primaryKey().notNull())
    .addColumn('key_id', 'text', ofKey)
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('issued_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('tokens_key').on('tokens').column('key_id').execute();
  await db.schema.createIndex('tokens_expiry').on('tokens').column('expires_at_ms').execute();
}

/** Without a reference to the client: what was made stays recorded when its client is removed. */
async function createResources(db: Db): Promise<void> {
  await db.schema
    .createTable('resources')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text')
    .addColumn('operation_id', 'text')
    .addColumn('state', 'text')
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('resources_pkey', ['kind', 'id'])
    .execute();
  await indexByAge(db, 'resources', ['kind']);
  await indexByAge(db, 'resources', ['kind', 'client_id']);
}

async function createAdmins(db: Db): Promise<void> {
  await db.schema
    .createTable('admins')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('digest', bytes(db), (column) => column.notNull().unique())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await indexByAge(db, 'admins', []);
  await db.schema
    .createTable('bootstrap')
    .addColumn('number', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('digest', bytes(db), (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('used_at_ms', 'bigint')
    .addCheckConstraint('bootstrap_once', sql`number = 1`)
    .execute();
}

const ofKey = (column: ColumnDefinitionBuilder) =>
  column.notNull().references('keys.id').onDelete('cascade');

/** Lists are read newest first, by the time of creation and the id. */
async function indexByAge(db: Db, table: string, within: readonly string[]): Promise<void> {
  await db.schema
    .createIndex([table, ...within, 'age'].join('_'))
    .on(table)
    .columns([...within, 'created_at_ms', 'id'])
    .execute();
}
