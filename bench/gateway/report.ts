import type { Case } from './cases.ts';
import type { Idle } from './idle.ts';
import type { Found, Paced, Started } from './measure.ts';
import type { Subject } from './subjects.ts';

export interface Measured {
  readonly found: readonly Found[];
  readonly paced: readonly Paced[];
  readonly started: Started;
  readonly idle: readonly (Idle & { readonly subject: Subject['name'] })[];
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Ratios to nginx, which is 1: more is better. `cpu` is the ratio of work done by one second of CPU. */
export function summarize({ found, paced, started, idle }: Measured) {
  const ratios: Record<string, Record<string, { requests: number; cpu: number }>> = {};
  for (const one of found) {
    const base = baseOf(found, one.case);
    if (base === undefined || one.subject === 'nginx') continue;
    (ratios[one.case] ??= {})[one.subject] = {
      requests: round(one.requestsPerSecond / base.requestsPerSecond, 2),
      cpu: round(base.cpuUs / one.cpuUs, 2),
    };
  }
  return {
    ratios,
    latency: paced.map(({ subject, case: name, p50Ms, p99Ms }) => ({
      subject,
      case: name,
      p50Ms: round(p50Ms, 2),
      p99Ms: round(p99Ms, 2),
    })),
    startMs: round(started.readyMs, 0),
    startCpuMs: round(started.cpuMs, 0),
    idleKib: idle.map((one) => ({
      subject: one.subject,
      connections: one.connections,
      perConnection: round(perConnectionKib(one), 1),
    })),
  };
}

const baseOf = (found: readonly Found[], name: string): Found | undefined =>
  found.find((one) => one.case === name && one.subject === 'nginx');

const perConnectionKib = ({ connections, beforeBytes, withBytes }: Idle): number =>
  (withBytes - beforeBytes) / connections / 1_024;

/** Tables in Markdown. */
export function toText(
  measured: Measured,
  subjects: readonly Subject[],
  cases: readonly Case[],
  machine: object,
): string {
  const { found, paced, started, idle } = measured;
  const work = cases.map(({ name, title }) => [
    title,
    ...subjects.map((subject) => {
      const one = found.find((each) => each.case === name && each.subject === subject.name)!;
      const base = baseOf(found, name);
      const rate = Math.round(one.requestsPerSecond).toLocaleString('en');
      if (base === undefined || base === one) return `${one.cpuUs.toFixed(0)} µs; ${rate}/s`;
      const cpu = (base.cpuUs / one.cpuUs).toFixed(2);
      const requests = (one.requestsPerSecond / base.requestsPerSecond).toFixed(2);
      return `**${cpu}** (${one.cpuUs.toFixed(0)} µs); ${requests} (${rate}/s)`;
    }),
  ]);
  const waits = cases.map(({ name, title }) => [
    title,
    ...subjects.map((subject) => {
      const one = paced.find((each) => each.case === name && each.subject === subject.name);
      return one === undefined ? '–' : `${one.p50Ms.toFixed(2)} / ${one.p99Ms.toFixed(2)} ms`;
    }),
  ]);
  const titles = subjects.map(({ title }) => title);
  return [
    JSON.stringify(machine),
    '\nCPU per request and requests per second, as ratios to nginx:\n',
    ...toTable(['case', ...titles], work),
    '\np50 / p99 at about 500 requests a second:\n',
    ...toTable(
      ['case', ...titles],
      waits.filter((row) => row[1] !== '–'),
    ),
    `\nStart to ready: ${started.readyMs.toFixed(0)} ms, of which ${started.cpuMs.toFixed(0)} ms CPU.`,
    ...idle.map(
      (one) =>
        `${one.connections} idle TLS connections, ${one.subject}: ${perConnectionKib(one).toFixed(1)} KiB each, ${(one.withBytes / 1_048_576).toFixed(0)} MiB in all.`,
    ),
    '',
  ].join('\n');
}

const toTable = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---|').join('')}`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];
