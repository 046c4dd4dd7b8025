import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Postgres {
  /** null: there is none here. */
  readonly url: string | null;
  readonly message: string;
  readonly stop: () => void;
}

/**
 * A PostgreSQL for the tests: the one that FILMGATE_TEST_POSTGRES names, the one that runs here, or a throw-away one from
 * the system's packages. Where there is none, says so.
 */
export async function startPostgres(): Promise<Postgres> {
  const named = process.env['FILMGATE_TEST_POSTGRES'];
  if (named)
    return { url: named, message: 'PostgreSQL: the one in FILMGATE_TEST_POSTGRES', stop: () => {} };
  if (await answers(5432)) {
    return {
      url: 'postgres://postgres@127.0.0.1:5432/postgres',
      message: 'PostgreSQL: the one on 127.0.0.1:5432',
      stop: () => {},
    };
  }
  const binaries = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1);
  if (!binaries) {
    return {
      url: null,
      message:
        'PostgreSQL: SKIPPED, none runs here and none is installed (Debian: apt-get install postgresql)',
      stop: () => {},
    };
  }
  try {
    return await startCluster(binaries);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : 'unknown';
    return {
      url: null,
      message: `PostgreSQL: SKIPPED, ${binaries} does not start: ${reason}`,
      stop: () => {},
    };
  }
}

async function startCluster(binaries: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-postgres-'));
  const as = await postgresUser(folder);
  const port = await freePort();
  const run = (command: string, args: readonly string[]): void => {
    execFileSync(join(binaries, command), args, { ...as, stdio: 'ignore', timeout: 60_000 });
  };
  run('initdb', ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '--no-sync']);
  const flags = `-c listen_addresses=127.0.0.1 -p ${port} -k ${folder}`;
  run('pg_ctl', [
    '-D',
    join(folder, 'data'),
    '-w',
    '-l',
    join(folder, 'log'),
    '-o',
    flags,
    'start',
  ]);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    message: `PostgreSQL: a throw-away one from ${binaries}`,
    stop: () => {
      run('pg_ctl', ['-D', join(folder, 'data'), '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: there it runs as its own user, who must own the folder. */
async function postgresUser(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [id('-u'), id('-g')];
  chownSync(folder, uid, gid);
  chmodSync(folder, 0o700);
  return { uid, gid };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const end = (result: boolean) => () => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
