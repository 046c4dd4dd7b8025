import { openAuditLog } from '../audit/auditLog.ts';
import { dataFolder, makeDataFolder, type DataFolder } from '../config/dataFolder.ts';
import type { LoadedConfig } from '../config/load.ts';
import { secretReader } from '../config/secrets.ts';
import { Exposure } from '../credentials/exposure.ts';
import { KeyLife } from '../credentials/keyLife.ts';
import { openPeppers, type Peppers } from '../credentials/peppers.ts';
import { Subjects } from '../credentials/subjects.ts';
import { Verifier } from '../credentials/verifier.ts';
import { KeyUses } from '../edge/keyUses.ts';
import type { AuditStore } from '../ports/auditStore.ts';
import type { Stores } from '../ports/stores.ts';
import type { KeyEnvironment } from '../domain/key.ts';
import type { Upstream } from '../ports/upstream.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { systemClock as clock } from '../system/clock.ts';
import { credentialFlaw, openUpstream } from './upstream.ts';

/** All that one run shares. */
export interface Core {
  readonly loaded: LoadedConfig;
  readonly folder: DataFolder;
  /** Which keys this gateway takes: `test` in front of a sandbox, else `live`. */
  readonly environment: KeyEnvironment;
  readonly stores: Stores;
  readonly audit: AuditStore;
  readonly peppers: Peppers;
  readonly subjects: Subjects;
  readonly verifier: Verifier;
  readonly credentials: KeyLife;
  readonly exposure: Exposure;
  readonly keyUses: KeyUses;
  readonly upstream: Upstream;
  readonly alarm: (message: string) => void;
  readonly close: () => Promise<void>;
}

/** A revocation by another node is seen within a second. */
const subjectFreshMs = 900;

/** Opens what lasts: data folder, stores, log, peppers; and the way upstream. What was opened is closed where the next fails. */
export async function openCore(loaded: LoadedConfig, alarm: Core['alarm']): Promise<Core> {
  await using opened = new AsyncDisposableStack();
  const { config, path } = loaded;
  const upstream = openUpstream(loaded);
  opened.defer(() => upstream.close());
  const folder = dataFolder(path(config.data));
  makeDataFolder(folder);
  const stores = opened.adopt(await openStores(loaded, folder), (one) => one.close());
  const peppers = await openPeppers(
    config.keys.pepper === undefined ? folder.pepper : path(config.keys.pepper),
    async () => (await stores.keys.list(null, { limit: 1, cursor: null })).rows.length > 0,
  );
  const audit = opened.adopt(await openAuditLog(folder.audit, { onAlarm: alarm }), (one) =>
    one.close(),
  );
  const environment = config.upstream.environment === 'sandbox' ? 'test' : 'live';
  const subjects = new Subjects({ stores, clock, freshMs: subjectFreshMs });
  const { tokens } = stores;
  const verifier = new Verifier({ subjects, tokens, peppers, clock, environment });
  const credentials = new KeyLife({ keys: stores.keys, peppers, clock, subjects });
  const flaw = credentialFlaw(loaded);
  if (flaw !== null) alarm(`nothing can be forwarded: ${flaw}`);
  opened.move();
  return {
    loaded,
    folder,
    environment,
    stores,
    audit,
    peppers,
    subjects,
    verifier,
    credentials,
    exposure: new Exposure({ verifier, life: credentials, audit, clock, alarm }),
    keyUses: new KeyUses(stores.keys),
    upstream,
    alarm,
    // The way upstream first: what it still carries must find the stores open.
    close: async () => {
      await upstream.close();
      await audit.close();
      await stores.close();
    },
  };
}

/** PostgreSQL's client is loaded only where it is used. */
async function openStores({ config, path }: LoadedConfig, folder: DataFolder): Promise<Stores> {
  const { storage } = config;
  if (storage === undefined) return openSqlite({ file: folder.database });
  if ('sqlite' in storage) return openSqlite({ file: path(storage.sqlite) });
  const { openPostgres } = await import('../storage/postgres/open.ts');
  return openPostgres({
    url: secretReader(storage.postgres, path)(),
    poolMax: storage.connections,
  });
}
