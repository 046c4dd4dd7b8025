import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from 'filmgate-sandbox';
import { ensureAuthority } from '../../packages/gateway/src/http/certificates/certificateFiles.ts';
import { issueCertificate } from '../../packages/gateway/src/http/certificates/authority.ts';
import { Https, type Reply } from './https.ts';

/** The gateway as a program of its own, in front of a sandbox in this process. */
export interface Program {
  readonly folder: string;
  readonly sandbox: Sandbox;
  /** Starts it, or starts it again; resolves once it is ready. */
  readonly start: () => Promise<Running>;
  /** Everything that its runs printed. */
  readonly output: () => string;
  readonly dispose: () => Promise<void>;
}

export interface Running {
  readonly child: ChildProcess;
  readonly edgeUrl: string;
  readonly edge: Https;
  /** The admin API, as the first owner. */
  readonly admin: (method: string, path: string, body?: object) => Promise<Reply>;
  /** Ends it; resolves with exit code and signal once it is gone. */
  readonly end: (
    signal: NodeJS.Signals,
  ) => Promise<readonly [code: number | null, signal: string | null]>;
}

export interface ProgramOptions {
  /** Lines of `filmgate.yaml` to add. */
  readonly config?: string;
  /** Further members of its `edge`. */
  readonly edge?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the data folder is, if it is to be on another disk. */
  readonly data?: string;
}

const filmgate = join(import.meta.dirname, '../../packages/gateway/src/cli/filmgate.ts');
const bootstrapToken = 'bootstrap-token-of-the-whole-process-tests';

export async function makeProgram(options: ProgramOptions = {}): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-program-'));
  const data = options.data ?? join(folder, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const authority = await ensureAuthority(join(data, 'tls'), Date.now());
  const tls = issueCertificate(authority, { hosts: ['127.0.0.1'], nowMs: Date.now() });
  const sandbox = await startSandbox({ tls, speed: 400 });
  const config = join(folder, 'filmgate.yaml');
  writeFileSync(config, configText(data, sandbox, options));
  const children = new Set<ChildProcess>();
  let output = '';
  let adminToken: string | null = null;

  const start = async (): Promise<Running> => {
    const child = spawn(process.execPath, [filmgate, 'start', '--config', config, '--ready-json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...options.environment,
        FILMGATE_BOOTSTRAP_TOKEN: bootstrapToken,
        UPSTREAM_KEY: sandbox.apiKey,
      },
    });
    children.add(child);
    const closed = once(child, 'close') as Promise<[number | null, string | null]>;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ready = await firstLine(child, closed, (text) => (output += text));
    const { edge, admin } = JSON.parse(ready) as { edge: string; admin: string };
    const adminHttps = new Https(authority.cert);
    const callAdmin: Running['admin'] = async (method, path, body) => {
      adminToken ??= await bootstrap(adminHttps, admin);
      return adminHttps.send(method, admin + path, {
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    };
    return {
      child,
      edgeUrl: `${edge}/pictoryapis`,
      edge: new Https(authority.cert),
      admin: callAdmin,
      end: async (signal) => {
        child.kill(signal);
        const result = await closed;
        children.delete(child);
        return result;
      },
    };
  };

  return {
    folder,
    sandbox,
    start,
    output: () => output,
    dispose: async () => {
      for (const child of children) child.kill('SIGKILL');
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configText = (
  data: string,
  sandbox: Sandbox,
  { config = '', edge }: ProgramOptions,
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
  credential: { api_key: { env: UPSTREAM_KEY } }
polling: { interval: 100ms }
${config}`;

async function bootstrap(https: Https, adminUrl: string): Promise<string> {
  const reply = await https.send('POST', `${adminUrl}/v1/bootstrap`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: bootstrapToken }),
  });
  const { token } = reply.json as { token?: string };
  if (token === undefined)
    throw new Error(`bootstrap was answered with ${reply.status}: ${reply.text}`);
  return token;
}

/** The ready line; everything printed goes to `tee`. */
function firstLine(
  child: ChildProcess,
  closed: Promise<readonly [number | null, string | null]>,
  tee: (text: string) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      tee(chunk);
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    void closed.then(([code, signal]) =>
      reject(new Error(`it ended before it was ready: ${code ?? signal}`)),
    );
  });
}

export interface TestClient {
  readonly id: string;
  readonly key: string;
  readonly keyId: string;
}

/** A client that may do everything, with one key. */
export async function makeClient({ admin }: Running, name: string): Promise<TestClient> {
  const policy = await admin('POST', '/v1/policies', { name: `policy-${name}`, preset: 'full' });
  const client = await admin('POST', '/v1/clients', {
    name,
    policy_id: (policy.json as { id: string }).id,
    owner: 'tests',
  });
  const { id } = client.json as { id: string };
  return { id, ...(await makeKey(admin, id)) };
}

export async function makeKey(
  admin: Running['admin'],
  clientId: string,
): Promise<{ readonly key: string; readonly keyId: string }> {
  const reply = await admin('POST', '/v1/keys', { client_id: clientId });
  if (reply.status !== 201)
    throw new Error(`a key was answered with ${reply.status}: ${reply.text}`);
  const { text, key } = reply.json as { text: string; key: { id: string } };
  return { key: text, keyId: key.id };
}

export const storyboard = JSON.stringify({
  videoName: 'kill_test',
  scenes: [{ story: 'One sentence.', createSceneOnEndOfSentence: true }],
});
