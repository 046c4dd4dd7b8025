/**
 * The gateway beside nginx, in one run: `npm run bench -- [--json] [--quick] [--cases get,put-2k] [--subjects nginx,guards]`.
 * With --json each figure is a line of JSON, and the last line is the summary. Exit code 2 where nginx or wrk is missing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCases } from './cases.ts';
import { measureIdle, measureLoad, measureStart, type Plan } from './measure.ts';
import { startUpstream, versionOf } from './nginx.ts';
import { createPlace, install } from './place.ts';
import { stop } from './processes.ts';
import { summarize, toText } from './report.ts';
import { createSubjects, startFilmgate } from './subjects.ts';

const whole: Plan = {
  rounds: 3,
  seconds: 2,
  // Compilers wait for what is used often: half a minute of requests in all for each subject.
  warmUpSeconds: 5,
  pacedCases: ['get', 'put-2k', 'post-2k'],
  rate: 500,
  rateSeconds: 3,
  idleConnections: 5_000,
  starts: 5,
};
const quick: Plan = {
  rounds: 1,
  seconds: 1,
  warmUpSeconds: 1,
  pacedCases: ['get'],
  rate: 500,
  rateSeconds: 2,
  idleConnections: 500,
  starts: 3,
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    cases: { type: 'string' },
    subjects: { type: 'string' },
  },
});
const chosen = (list: string | undefined) => (one: { readonly name: string }) =>
  list === undefined || list.split(',').includes(one.name);
const tell = (what: object): void => {
  if (values.json) process.stdout.write(`${JSON.stringify(what)}\n`);
};

/** Which has a measurement of its own: bench/waf/sideBySide.ts. */
const withoutWaf = "guards: { waf: 'off' }\n";

process.exitCode = await main();

async function main(): Promise<number> {
  const versions = { nginx: versionOf('nginx'), wrk: versionOf('wrk') };
  const missing = Object.entries(versions).filter(([, version]) => version === null);
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(' and ');
    process.stderr.write(
      `${names}: not found; install from the system's packages, nothing was measured\n`,
    );
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-bench-'));
  const place = await createPlace(folder);
  const upstream = await startUpstream(place);
  try {
    const plan = values.quick ? quick : whole;
    const installation = await install(place, upstream.port, withoutWaf);
    const { key, configFile } = installation;
    const cases = createCases(folder).filter(
      chosen(values.cases ?? (values.quick ? 'get,put-2k,post-2k' : undefined)),
    );
    const all = createSubjects(place, installation, upstream.port);
    const subjects = all.filter(chosen(values.subjects));
    const started = await measureStart(() => startFilmgate(configFile), plan.starts);
    tell({ event: 'start', ...started });
    const measured = await measureLoad(subjects, cases, plan, { key, tell });
    const idle = [];
    for (const subject of subjects.filter(({ name }) => name === 'nginx' || name === 'guards')) {
      const ca = readFileSync(place.caFile, 'utf8');
      const held = await measureIdle(subject, cases[0]!, {
        key,
        ca,
        connections: plan.idleConnections,
      });
      tell({ event: 'idle', subject: subject.name, ...held });
      idle.push({ subject: subject.name, ...held });
    }
    const summary = summarize({ ...measured, started, idle });
    const machine = {
      cpu: cpus()[0]!.model,
      cores: cpus().length,
      node: process.version,
      ...versions,
    };
    tell({ event: 'summary', quick: values.quick, machine, ...summary });
    if (!values.json)
      process.stdout.write(toText({ ...measured, started, idle }, subjects, cases, machine));
    return 0;
  } finally {
    await stop(upstream.child);
    rmSync(folder, { recursive: true });
  }
}
