import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { startSandbox, type Sandbox } from 'filmgate-sandbox';
import { parseConfig } from '../../config/load.ts';
import { ensureAuthority } from '../../http/certificates/certificateFiles.ts';
import { issueCertificate } from '../../http/certificates/authority.ts';
import { startGateway, type Gateway as RunningGateway } from '../../main.ts';
import { systemClock } from '../../system/clock.ts';
import { Gateway } from '../gateway.ts';

/** A sandbox and a gateway in front of it, over HTTPS of an own CA, in a folder that goes with them. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly gateway: RunningGateway;
  /** The admin API, as the first owner. */
  readonly admin: Gateway;
  readonly folder: string;
  readonly caFile: string;
  readonly close: () => Promise<void>;
}

export interface StageOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly adminPort: number;
  readonly alarm: (message: string) => void;
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-try-'));
  const authority = await ensureAuthority(join(folder, 'tls'), systemClock.nowMs());
  const tls = issueCertificate(authority, { hosts: ['127.0.0.1'], nowMs: systemClock.nowMs() });
  const sandbox = await startSandbox({ tls });
  const gateway = await startGateway(writeConfig(folder, sandbox, options), options);
  setDefaultCACertificates([...getCACertificates('default'), authority.cert]);
  const admin = await becomeOwner(gateway);
  return {
    sandbox,
    gateway,
    admin,
    folder,
    caFile: authority.paths.cert,
    close: async () => {
      await gateway.stop();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The upstream's secret goes the way that it goes in earnest: as a reference to a file. */
function writeConfig(folder: string, sandbox: Sandbox, { port, adminPort }: StageOptions) {
  mkdirSync(join(folder, 'secrets'), { mode: 0o700 });
  writeFileSync(join(folder, 'secrets', 'upstream'), sandbox.apiKey, { mode: 0o600 });
  const file = join(folder, 'filmgate.yaml');
  const text = `version: 1
mode: development
data: .
edge: { listen: '127.0.0.1:${port}' }
admin: { listen: '127.0.0.1:${adminPort}' }
upstream:
  base_url: ${sandbox.url}/pictoryapis
  environment: sandbox
  allow_loopback: true
  ca: tls/ca.pem
  credential: { api_key: { file: secrets/upstream } }
# The sandbox is faster than life, so that jobs may be read more often than every ten seconds.
polling: { interval: 500ms }
`;
  writeFileSync(file, text, { mode: 0o600 });
  return parseConfig(text, file);
}

async function becomeOwner({ adminUrl, bootstrapToken }: RunningGateway): Promise<Gateway> {
  const nobody = new Gateway(adminUrl, null);
  const { body } = await nobody.change<{ token: string }>('POST', '/v1/bootstrap', {
    body: { token: bootstrapToken },
  });
  return new Gateway(adminUrl, body.token);
}
