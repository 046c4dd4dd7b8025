import { readFileSync } from 'node:fs';
import { openAuditLog } from '../audit/auditLog.ts';
import { dataFolder, makeDataFolder, type DataFolder } from '../config/dataFolder.ts';
import { ConfigError, type LoadedConfig } from '../config/load.ts';
import { secretReader } from '../config/secrets.ts';
import { Exposure } from '../credentials/exposure.ts';
import { KeyLife } from '../credentials/keyLife.ts';
import { openPeppers, type Peppers } from '../credentials/peppers.ts';
import { Subjects } from '../credentials/subjects.ts';
import { Verifier } from '../credentials/verifier.ts';
import { KeyUses } from '../edge/keyUses.ts';
import type { AuditStore } from '../ports/auditStore.ts';
import type { Stores } from '../ports/stores.ts';
import type { Upstream } from '../ports/upstream.ts';
import { pictory as provider } from '../providers/pictory/provider.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { systemClock as clock } from '../system/clock.ts';
import { apiKeyCredential, clientCredential, noCredential } from '../upstream/credential.ts';
import { createUpstream } from '../upstream/upstream.ts';

/** All that one run shares. */
export interface Core {
  readonly loaded: LoadedConfig;
  readonly folder: DataFolder;
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

/** Opens what lasts: data folder, stores, log, peppers; and the way upstream. */
export async function openCore(loaded: LoadedConfig, alarm: Core['alarm']): Promise<Core> {
  const { config, path } = loaded;
  const folder = dataFolder(path(config.data));
  makeDataFolder(folder);
  const stores = await openStores(loaded, folder);
  const peppers = await openPeppers(
    config.keys.pepper === undefined ? folder.pepper : path(config.keys.pepper),
    async () => (await stores.keys.list(null, { limit: 1, cursor: null })).rows.length > 0,
  );
  const audit = await openAuditLog(folder.audit, { onAlarm: alarm });
  const subjects = new Subjects({ stores, clock, freshMs: subjectFreshMs });
  const verifier = new Verifier({
    subjects,
    tokens: stores.tokens,
    peppers,
    clock,
    environment: config.upstream.environment === 'sandbox' ? 'test' : 'live',
  });
  const credentials = new KeyLife({ keys: stores.keys, peppers, clock, subjects });
  const upstream = openUpstream(loaded);
  return {
    loaded,
    folder,
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

function openUpstream({ config, path }: LoadedConfig): Upstream {
  const { upstream } = config;
  const { credential } = upstream;
  const probe = provider.operations.find(({ id }) => id === provider.probeOperationId)!;
  return createUpstream({
    baseUrl: upstream.base_url ?? provider.baseUrl,
    ...(upstream.ca !== undefined && { ca: readAuthorities(path(upstream.ca)) }),
    userAgent: upstream.user_agent,
    connections: upstream.connections,
    connectTimeoutMs: upstream.connect_timeout,
    headersTimeoutMs: upstream.headers_timeout,
    bodyTimeoutMs: upstream.body_timeout,
    clock,
    probePath: probe.path,
    credential: (post) => {
      if (credential === undefined) return noCredential;
      if ('api_key' in credential) {
        return apiKeyCredential(secretReader(credential.api_key, path), provider.credentials);
      }
      return clientCredential({
        readId: secretReader(credential.client_id, path),
        readSecret: secretReader(credential.client_secret, path),
        kinds: provider.credentials,
        clock,
        post,
      });
    },
  });
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`upstream.ca: ${file} cannot be read (${code ?? 'unknown error'})`);
  }
}
