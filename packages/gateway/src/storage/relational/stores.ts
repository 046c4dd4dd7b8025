import type { Stores } from '../../ports/stores.ts';
import { migrationTable } from '../schema/migrate.ts';
import { RelationalAdmins } from './admins.ts';
import { RelationalClients } from './clients.ts';
import type { Database } from './database.ts';
import { RelationalKeys } from './keys.ts';
import { RelationalPolicies } from './policies.ts';
import { RelationalResources } from './resources.ts';
import { RelationalSettings } from './settings.ts';
import { RelationalTokens } from './tokens.ts';

/** All stores over one database whose schema is up to date. */
export function relationalStores(database: Database): Stores {
  const readSchema = database.prepare(`select name from ${migrationTable} limit 1`);
  return {
    clients: new RelationalClients(database),
    policies: new RelationalPolicies(database),
    keys: new RelationalKeys(database),
    tokens: new RelationalTokens(database),
    resources: new RelationalResources(database),
    admins: new RelationalAdmins(database),
    settings: new RelationalSettings(database),
    ping: async () => {
      await readSchema();
    },
    close: () => database.close(),
  };
}
