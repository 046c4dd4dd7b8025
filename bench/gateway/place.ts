import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../packages/gateway/src/config/load.ts';
import { issueCertificate } from '../../packages/gateway/src/http/certificates/authority.ts';
import {
  ensureAuthority,
  type CertificatePaths,
} from '../../packages/gateway/src/http/certificates/certificateFiles.ts';
import { pictory } from '../../packages/gateway/src/providers/pictory/provider.ts';
import { openCore, type Core } from '../../packages/gateway/src/start/core.ts';
import { certificates } from '../../packages/gateway/src/start/listeners.ts';
import { templateId } from './cases.ts';

/** What all servers of one run share. */
export interface Place {
  readonly folder: string;
  readonly caFile: string;
  /** For nginx, on both sides; of the same CA and kind as the gateway's own. */
  readonly certificate: CertificatePaths;
  readonly upstreamKey: string;
}

/** A CA and a certificate in an empty folder. */
export async function createPlace(folder: string): Promise<Place> {
  const nowMs = Date.now();
  const authority = await ensureAuthority(join(folder, 'data', 'tls'), nowMs);
  const issued = issueCertificate(authority, { hosts: ['127.0.0.1'], nowMs });
  const certificate = { cert: join(folder, 'server.pem'), key: join(folder, 'server.key') };
  writeFileSync(certificate.cert, issued.cert);
  writeFileSync(certificate.key, issued.key, { mode: 0o600 });
  const upstreamKey = 'pictai_0123456789abcdef';
  mkdirSync(join(folder, 'secrets'), { mode: 0o700 });
  writeFileSync(join(folder, 'secrets', 'upstream'), upstreamKey, { mode: 0o600 });
  return { folder, caFile: authority.paths.cert, certificate, upstreamKey };
}

export interface Installation {
  readonly configFile: string;
  /** The text of a client's key. */
  readonly key: string;
}

/**
 * A gateway as `filmgate init` leaves it, with one client whose policy has every rule of this kind filled in. `more` is
 * added to its configuration.
 */
export async function install(
  { folder }: Place,
  upstreamPort: number,
  more = '',
): Promise<Installation> {
  const configFile = join(folder, 'filmgate.yaml');
  writeFileSync(configFile, configuration(upstreamPort) + more, { mode: 0o600 });
  const core = await openCore(loadConfig(configFile), (message) => {
    throw new Error(message);
  });
  try {
    await certificates(core);
    return { configFile, key: await createClient(core) };
  } finally {
    await core.close();
  }
}

const configuration = (upstreamPort: number): string => `version: 1
mode: development
data: ./data
edge: { listen: '127.0.0.1:0', connections_per_ip_max: 20000 }
admin: { listen: '127.0.0.1:0' }
upstream:
  base_url: https://127.0.0.1:${upstreamPort}/pictoryapis
  environment: sandbox
  allow_loopback: true
  ca: data/tls/ca.pem
  credential: { api_key: { file: secrets/upstream } }
networks: { allow: ['127.0.0.0/8', '10.0.0.0/8'] }
`;

/** The rate stands too high to be met, but is counted. */
async function createClient({ stores, credentials }: Core): Promise<string> {
  const nowMs = Date.now();
  const stamp = { createdAtMs: nowMs, updatedAtMs: nowMs, version: 1 };
  // Nobody shall be told a bootstrap token.
  await stores.admins.offerBootstrap(new Uint8Array(32), nowMs + 86_400_000, nowMs);
  const policyId = 'pol_00000000000000000001';
  const clientId = 'cl_000000000000000000001';
  await stores.policies.create({
    ...stamp,
    id: policyId,
    name: 'bench',
    scopes: Object.keys(pictory.scopes),
    capabilities: [],
    networks: ['127.0.0.0/8'],
    hours: [],
    remoteHosts: [],
    rate: { requests: 1_000_000_000, windowMs: 60_000 },
    concurrencyMax: 200,
  });
  await stores.clients.create({
    ...stamp,
    id: clientId,
    name: 'bench',
    state: 'active',
    policyId,
    networks: [],
    owner: 'bench',
    externalId: null,
    metadata: {},
  });
  await stores.resources.record([
    {
      kind: 'template',
      id: templateId,
      clientId,
      requestId: null,
      operationId: null,
      state: null,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
    },
  ]);
  const issued = await credentials.issue({
    clientId,
    name: 'bench',
    environment: 'test',
    scopes: null,
    networks: [],
    expiresAtMs: nowMs + 86_400_000,
  });
  return issued.text;
}
