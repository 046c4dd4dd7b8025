import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Case } from './cases.ts';
import { cpuUs, otherCore } from './processes.ts';
import type { Running } from './running.ts';

const run = promisify(execFile);
const connectionsUsual = 32;

export interface Loaded {
  readonly requestsPerSecond: number;
  /** Of the process under test, per request. */
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface LoadOptions {
  readonly seconds: number;
  /** About so many requests a second; absent: as many as go through. */
  readonly rate?: number;
  /** What stands in Authorization. */
  readonly key: string;
  readonly connections?: number;
}

/** @throws Error where a single request failed: only whole answers with a status below 400 count */
export async function load(
  { pid, port }: Running,
  one: Case,
  { seconds, rate, key, connections = connectionsUsual }: LoadOptions,
): Promise<Loaded> {
  const pause = rate === undefined ? '-' : String((connections * 1_000) / rate);
  const script = new URL('load.lua', import.meta.url).pathname;
  const url = `https://127.0.0.1:${port}${one.path}`;
  const before = cpuUs(pid);
  const wrk = [
    'wrk',
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    '30s',
    '-s',
    script,
    url,
    '--',
  ];
  const its = [one.method, key, one.bodyFile ?? '-', pause];
  const { stdout } = await run('taskset', ['-c', String(otherCore), ...wrk, ...its]);
  const spentUs = cpuUs(pid) - before;
  const told = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
    readonly requests: number;
    readonly seconds: number;
    readonly failed: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
  };
  if (told.failed > 0) throw new Error(`${told.failed} requests of ${one.name} failed`);
  return {
    requestsPerSecond: told.requests / told.seconds,
    cpuUs: spentUs / told.requests,
    p50Ms: told.p50Ms,
    p99Ms: told.p99Ms,
  };
}
