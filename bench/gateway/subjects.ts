import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startProxy } from './nginx.ts';
import type { Installation, Place } from './place.ts';
import { startOn, testedCore } from './processes.ts';
import type { Running } from './running.ts';

/** One way through to the upstream. */
export interface Subject {
  readonly name: 'nginx' | 'nginx-log' | 'bare' | 'key' | 'guards';
  readonly title: string;
  readonly start: () => Promise<Running>;
}

export function createSubjects(
  place: Place,
  { configFile }: Installation,
  upstreamPort: number,
): readonly Subject[] {
  const program = (file: string) => new URL(file, import.meta.url).pathname;
  const pass = program('pass.ts');
  return [
    { name: 'nginx', title: 'nginx', start: () => startProxy(place, upstreamPort) },
    {
      // A line per request, as its packages set it up, and as Filmgate writes one.
      name: 'nginx-log',
      title: 'nginx, with its access log',
      start: () =>
        startProxy(place, upstreamPort, {
          name: 'logging',
          main: '',
          server: `access_log ${join(place.folder, 'access.log')} combined;`,
        }),
    },
    {
      name: 'bare',
      title: 'Filmgate, listener and upstream alone',
      start: () => startNode([pass, 'bare', configFile]),
    },
    {
      name: 'key',
      title: 'Filmgate, with key authentication',
      start: () => startNode([pass, 'key', configFile]),
    },
    {
      name: 'guards',
      title: 'Filmgate, all guards but the WAF',
      start: () => startFilmgate(configFile),
    },
  ];
}

/** The program as everybody starts it. */
export function startFilmgate(configFile: string): Promise<Running> {
  const cli = new URL('../../packages/gateway/src/cli/filmgate.ts', import.meta.url).pathname;
  return startNode([cli, 'start', '--config', configFile, '--ready-json']);
}

/** Waits for the line that names the edge. */
async function startNode(args: readonly string[]): Promise<Running> {
  const child = startOn(testedCore, process.execPath, args);
  for await (const line of createInterface({ input: child.stdout! })) {
    const { edge } = JSON.parse(line) as { readonly edge?: string };
    if (edge !== undefined) return { child, pid: child.pid!, port: Number(new URL(edge).port) };
  }
  throw new Error(`${args.join(' ')} ended before it was ready`);
}
