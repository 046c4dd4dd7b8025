import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { filmgate } from './program.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it printed, parsed; null when that is no JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read output as its readers do
  readonly json: any;
}

/** Runs one command in a folder, as a program of its own, with nothing of this process's environment but the path. */
export function runCommand(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...environment },
      timeout: 30_000,
    };
    execFile(process.execPath, [filmgate, ...words], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr, json: parse(stdout) });
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A port that nobody has at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
