import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** One core for the process under test, one for the load and what answers behind it. */
export const testedCore = 0;
export const otherCore = 1;

/** Clock ticks of /proc are 10 ms on every Linux that Node runs on. */
const tickUs = 10_000;

export function startOn(core: number, program: string, args: readonly string[]): ChildProcess {
  return spawn('taskset', ['-c', String(core), program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** SIGTERM, and SIGKILL for whoever has not ended after 5 s. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await once(child, 'exit');
  clearTimeout(timer);
}

/** CPU time of a process and all its descendants since they began, user and system, in microseconds. */
export function cpuUs(pid: number): number {
  const fields = afterName(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const ticks = Number(fields[11]) + Number(fields[12]);
  return childrenOf(pid).reduce((sum, child) => sum + cpuUs(child), ticks * tickUs);
}

/** Resident memory of a process and all its descendants, in bytes. What they share counts once each. */
export function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return childrenOf(pid).reduce((sum, child) => sum + residentBytes(child), Number(kib) * 1_024);
}

/** The fields of proc_pid_stat(5) from the third one on; the second may hold blanks. */
const afterName = (stat: string): readonly string[] =>
  stat.slice(stat.lastIndexOf(')') + 2).split(' ');

function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}
