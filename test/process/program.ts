import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CallAdmin } from './clients.ts';
import { layGround, type Ground, type GroundOptions } from './ground.ts';
import { Https } from './https.ts';
import { becomeOwner } from './owner.ts';

export { makeClient, makeKey, type TestClient } from './clients.ts';

/** The gateway as a program of its own, in front of a sandbox in this process. */
export interface Program extends Ground {
  /** Starts it, or starts it again; resolves once it is ready. */
  readonly start: () => Promise<Running>;
  /** Everything that its runs printed. */
  readonly output: () => string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly edgeUrl: string;
  readonly edge: Https;
  /** The admin API, as the first owner. */
  readonly admin: CallAdmin;
  /** Ends it; resolves with exit code and signal once it is gone. */
  readonly end: (
    signal: NodeJS.Signals,
  ) => Promise<readonly [code: number | null, signal: string | null]>;
}

export interface ProgramOptions extends GroundOptions {
  readonly environment?: Readonly<Record<string, string>>;
}

export const filmgate = join(import.meta.dirname, '../../packages/gateway/src/cli/filmgate.ts');
const bootstrapToken = 'bootstrap-token-of-the-whole-process-tests';

export async function makeProgram(options: ProgramOptions = {}): Promise<Program> {
  const ground = await layGround(options);
  const children = new Set<ChildProcess>();
  const adminHttps = new Https(ground.ca);
  let adminUrl = '';
  let output = '';
  const admin = becomeOwner(
    adminHttps,
    () => adminUrl,
    () => bootstrapToken,
  );

  const start = async (): Promise<Running> => {
    const words = [filmgate, 'start', '--config', ground.config, '--ready-json'];
    const child = spawn(process.execPath, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...options.environment,
        FILMGATE_BOOTSTRAP_TOKEN: bootstrapToken,
      },
    });
    children.add(child);
    const closed = once(child, 'close') as Promise<[number | null, string | null]>;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ready = JSON.parse(await firstLine(child, closed, (text) => (output += text))) as {
      edge: string;
      admin: string;
    };
    adminUrl = ready.admin;
    return {
      child,
      edgeUrl: `${ready.edge}/pictoryapis`,
      edge: new Https(ground.ca),
      admin,
      end: async (signal) => {
        child.kill(signal);
        const result = await closed;
        children.delete(child);
        return result;
      },
    };
  };

  return {
    ...ground,
    start,
    output: () => output,
    dispose: async () => {
      for (const child of children) child.kill('SIGKILL');
      adminHttps.close();
      await ground.dispose();
    },
  };
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

export const storyboard = JSON.stringify({
  videoName: 'kill_test',
  scenes: [{ story: 'One sentence.', createSceneOnEndOfSentence: true }],
});
