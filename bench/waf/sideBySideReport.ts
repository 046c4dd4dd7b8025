import type { ShapedCase } from './sideBySideCases.ts';
import { evilBytes, type Sent } from './sideBySideEvil.ts';

export type SubjectName = 'modsecurity' | 'filmgate';

export interface Found {
  readonly case: ShapedCase;
  readonly subject: SubjectName;
  readonly requestsPerSecond: number;
  readonly cpuUs: number;
}

export type EvilFound = Readonly<Record<SubjectName, Sent>> & { readonly name: string };

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** What one second of CPU is worth, which a busy machine hardly changes. */
const perCore = ({ cpuUs }: Found): number => 1_000_000 / cpuUs;

const shapeOf = ({ bytes, leaves }: ShapedCase): string =>
  leaves === 0 ? 'no body' : `${bytes} B, ${leaves} leaves`;

/** Ratios of Filmgate to nginx with libmodsecurity: `perCore` by CPU time, `requests` as they came through. */
export function summarize(found: readonly Found[], evil: readonly EvilFound[]) {
  const cases = compare(found).map(({ one, filmgate, modsecurity }) => ({
    case: one.name,
    shape: shapeOf(one),
    filmgate: figures(filmgate),
    modsecurity: figures(modsecurity),
    perCore: round(modsecurity.cpuUs / filmgate.cpuUs, 1),
    requests: round(filmgate.requestsPerSecond / modsecurity.requestsPerSecond, 1),
    bar: one.bar,
    aim: one.aim,
  }));
  return {
    cases,
    evil: evil.map(({ name, filmgate, modsecurity }) => ({
      name,
      bytes: evilBytes,
      filmgate: told(filmgate),
      modsecurity: told(modsecurity),
    })),
    belowBar: cases.filter((one) => one.perCore < one.bar).map(nameOf),
    belowAim: cases.filter((one) => one.perCore < one.aim).map(nameOf),
  };
}

const nameOf = (one: { readonly case: string }): string => one.case;

const figures = (found: Found) => ({
  cpuUs: round(found.cpuUs, 0),
  perCore: round(perCore(found), 0),
  requestsPerSecond: round(found.requestsPerSecond, 0),
});

const told = ({ status, ms, cpuMs }: Sent) => ({
  status,
  ms: round(ms, 1),
  cpuMs: round(cpuMs, 0),
});

function compare(found: readonly Found[]) {
  const of = (name: SubjectName) => found.filter(({ subject }) => subject === name);
  return of('filmgate').map((filmgate) => ({
    one: filmgate.case,
    filmgate,
    modsecurity: of('modsecurity').find((peer) => peer.case === filmgate.case)!,
  }));
}

/** Tables in Markdown. */
export function toText(found: readonly Found[], evil: readonly EvilFound[]): string {
  const rows = compare(found).map(({ one, filmgate, modsecurity }) => [
    one.title,
    shapeOf(one),
    ...[modsecurity, filmgate].map((each) => `${count(each.cpuUs)} µs; ${count(perCore(each))}/s`),
    `**${(modsecurity.cpuUs / filmgate.cpuUs).toFixed(1)}**`,
    `${one.bar} (${one.aim})`,
  ]);
  const evilRows = evil.map(({ name, filmgate, modsecurity }) => [
    name,
    ...[modsecurity, filmgate].map(({ status, ms }) =>
      status === null ? `none within ${count(ms / 1_000)} s` : `${ms.toFixed(1)} ms (${status})`,
    ),
  ]);
  return [
    ...table(['case', 'shape', 'nginx + libmodsecurity', 'Filmgate', 'ratio', 'bar (aim)'], rows),
    `\nAnswer to a hostile text of ${evilBytes} bytes, and its status:\n`,
    ...table(['text', 'nginx + libmodsecurity', 'Filmgate, worst of three'], evilRows),
    '',
  ].join('\n');
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---|').join('')}`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];
