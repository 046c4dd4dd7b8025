import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('filmgate.ts', import.meta.url));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder in which `filmgate` is called, as a person or a script calls it. */
export interface Shop {
  readonly folder: string;
  readonly filmgate: (
    words: string | readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Promise<Ran>;
  /** The answer of a command in a pipe. */
  readonly json: (words: string | readonly string[]) => Promise<ReturnType<typeof JSON.parse>>;
  /** Starts the gateway and waits until it is ready. */
  readonly start: () => Promise<{ readonly stop: () => Promise<number> }>;
  readonly close: () => void;
}

export function openShop(): Shop {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-cli-'));
  const base = { PATH: process.env['PATH']!, HOME: folder, UPSTREAM_KEY: 'upstream-key' };
  const filmgate: Shop['filmgate'] = (words, environment = {}) =>
    new Promise((resolve) => {
      const list = typeof words === 'string' ? words.split(' ') : words;
      const options = { cwd: folder, env: { ...base, ...environment } };
      execFile(process.execPath, [bin, ...list], options, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  return {
    folder,
    filmgate,
    json: async (words) => {
      const { out, err, code } = await filmgate(words);
      if (out === '') throw new Error(`${String(words)}: ${code} ${err}`);
      return JSON.parse(out);
    },
    start: async () => {
      const child = spawn(process.execPath, [bin, 'start', '--ready-json'], {
        cwd: folder,
        env: base,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let errors = '';
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      const ended = once(child, 'exit') as Promise<[number | null]>;
      const ready = once(createInterface({ input: child.stdout }), 'line');
      await Promise.race([
        ready,
        ended.then(([code]) => Promise.reject(new Error(`start ended with ${code}: ${errors}`))),
      ]);
      return {
        stop: async () => {
          child.kill('SIGTERM');
          const [code] = await ended;
          return code ?? -1;
        },
      };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Two ports that were free a moment ago. */
export async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) {
    server.close();
    await once(server, 'close');
  }
  return [ports[0]!, ports[1]!];
}
