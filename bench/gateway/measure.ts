import type { Case } from './cases.ts';
import { holdIdle, type Idle } from './idle.ts';
import { load, type Loaded } from './load.ts';
import { median } from './median.ts';
import { cpuUs, stop } from './processes.ts';
import type { Running } from './running.ts';
import type { Subject } from './subjects.ts';

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Names of the cases that are also measured at a fixed rate. */
  readonly pacedCases: readonly string[];
  readonly rate: number;
  readonly rateSeconds: number;
  readonly idleConnections: number;
  readonly starts: number;
}

export interface Found {
  readonly subject: Subject['name'];
  readonly case: string;
  readonly requestsPerSecond: number;
  readonly cpuUs: number;
}

export interface Paced {
  readonly subject: Subject['name'];
  readonly case: string;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

type Tell = (what: object) => void;

/** All subjects run at once, idle but for the one that is measured; each round visits all of them, so that what the machine does in the meantime meets all alike. Medians over the rounds. */
export async function measureLoad(
  subjects: readonly Subject[],
  cases: readonly Case[],
  plan: Plan,
  { key, tell }: { readonly key: string; readonly tell: Tell },
): Promise<{ readonly found: readonly Found[]; readonly paced: readonly Paced[] }> {
  const running = new Map<Subject, Running>();
  try {
    for (const subject of subjects) running.set(subject, await subject.start());
    await inRounds(running, cases, 1, (server, one) =>
      load(server, one, { seconds: plan.warmUpSeconds, key }),
    );
    const full = await inRounds(running, cases, plan.rounds, (server, one) =>
      load(server, one, { seconds: plan.seconds, key }),
    );
    const found = full.map(([subject, one, rounds]) => ({
      subject,
      case: one,
      requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
      cpuUs: median(rounds.map((round) => round.cpuUs)),
    }));
    for (const each of found) tell({ event: 'load', ...each });
    const slow = await inRounds(
      running,
      cases.filter(({ name }) => plan.pacedCases.includes(name)),
      plan.rounds,
      (server, one) => load(server, one, { seconds: plan.rateSeconds, rate: plan.rate, key }),
    );
    const paced = slow.map(([subject, one, rounds]) => ({
      subject,
      case: one,
      requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
      p50Ms: median(rounds.map((round) => round.p50Ms)),
      p99Ms: median(rounds.map((round) => round.p99Ms)),
    }));
    for (const each of paced) tell({ event: 'paced', ...each });
    return { found, paced };
  } finally {
    await Promise.all([...running.values()].map(({ child }) => stop(child)));
  }
}

type Rounds<Name> = readonly (readonly [Name, string, readonly Loaded[]])[];

/** What `measure` found of each server at each case, in the order of the rounds. */
export async function inRounds<One extends Case, Name extends string>(
  running: ReadonlyMap<{ readonly name: Name }, Running>,
  cases: readonly One[],
  count: number,
  measure: (server: Running, one: One) => Promise<Loaded>,
): Promise<Rounds<Name>> {
  const rows = cases.flatMap((one) =>
    [...running].map(([subject, server]) => ({ subject, server, one, rounds: [] as Loaded[] })),
  );
  for (let round = 0; round < count; round += 1) {
    for (const { server, one, rounds } of rows) rounds.push(await measure(server, one));
  }
  return rows.map(({ subject, one, rounds }) => [subject.name, one.name, rounds] as const);
}

/** Resident memory of a freshly started subject before and with idle connections. */
export async function measureIdle(
  subject: Subject,
  one: Case,
  options: { readonly key: string; readonly ca: string; readonly connections: number },
): Promise<Idle> {
  const server = await subject.start();
  try {
    await load(server, one, { seconds: 1, key: options.key });
    return await holdIdle(server, one, options);
  } finally {
    await stop(server.child);
  }
}

export interface Started {
  readonly readyMs: number;
  readonly cpuMs: number;
}

/** From the start of the process to its ready line. */
export async function measureStart(start: () => Promise<Running>, times: number): Promise<Started> {
  const found: Started[] = [];
  for (let time = 0; time < times; time += 1) {
    const startedAtMs = performance.now();
    const { pid, child } = await start();
    found.push({ readyMs: performance.now() - startedAtMs, cpuMs: cpuUs(pid) / 1_000 });
    await stop(child);
  }
  return {
    readyMs: median(found.map(({ readyMs }) => readyMs)),
    cpuMs: median(found.map(({ cpuMs }) => cpuMs)),
  };
}
