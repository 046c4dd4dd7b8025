import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from 'filmgate-sandbox';
import { issueCertificate } from '../../packages/gateway/src/http/certificates/authority.ts';
import { ensureAuthority } from '../../packages/gateway/src/http/certificates/certificateFiles.ts';

/** What a gateway stands on: a folder of its own, its CA, a sandbox behind TLS, and a configuration. */
export interface Ground {
  readonly folder: string;
  /** PEM of the CA that signs both the gateway and the sandbox; the file that it stands in. */
  readonly ca: string;
  readonly caFile: string;
  readonly sandbox: Sandbox;
  readonly config: string;
  readonly dispose: () => Promise<void>;
}

export interface GroundOptions {
  /** Lines of `filmgate.yaml` to add. */
  readonly config?: string;
  /** Further members of its `edge`. */
  readonly edge?: string;
  /** How often a job may be read upstream. */
  readonly polling?: string;
  /** How many times faster than life the sandbox runs. */
  readonly speed?: number;
  /** Where the data folder is, if it is to be on another disk. */
  readonly data?: string;
}

/** Names are judged by their text: nothing is looked up outside. */
export const offline = 'addresses: { resolve: false }';

export async function layGround(options: GroundOptions = {}): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-test-'));
  const data = options.data ?? join(folder, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const authority = await ensureAuthority(join(data, 'tls'), Date.now());
  const tls = issueCertificate(authority, { hosts: ['127.0.0.1'], nowMs: Date.now() });
  const sandbox = await startSandbox({ tls, speed: options.speed ?? 400 });
  writeFileSync(join(folder, 'upstream.key'), sandbox.apiKey, { mode: 0o600 });
  const config = join(folder, 'filmgate.yaml');
  writeFileSync(config, configText(data, sandbox, options));
  return {
    folder,
    ca: authority.cert,
    caFile: authority.paths.cert,
    sandbox,
    config,
    dispose: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configText = (
  data: string,
  sandbox: Sandbox,
  { config = '', edge, polling = '100ms' }: GroundOptions,
): string => `version: 1
mode: development
data: ${data}
edge: { listen: '127.0.0.1:0'${edge === undefined ? '' : `, ${edge}`} }
admin: { listen: '127.0.0.1:0' }
upstream:
  base_url: ${sandbox.url}/pictoryapis
  environment: sandbox
  allow_loopback: true
  ca: ${data}/tls/ca.pem
  headers_timeout: 3s
  credential: { api_key: { file: upstream.key } }
polling: { interval: ${polling} }
${config}`;
