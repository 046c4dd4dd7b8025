/**
 * The gateway with everything on beside nginx with libmodsecurity, with the same rules at paranoia level 1, in one run:
 * `npm run bench:waf -- [--json] [--quick] [--cases get,put-flat-2k]`. With --json each figure is a line of JSON, and the
 * last line is the summary. Exit code 2 where a program or the rules are missing, or where a side does not block.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from '../gateway/load.ts';
import { inRounds } from '../gateway/measure.ts';
import { median } from '../gateway/median.ts';
import { startUpstream, versionOf } from '../gateway/nginx.ts';
import { createPlace, install, type Place } from '../gateway/place.ts';
import { stop } from '../gateway/processes.ts';
import type { Running } from '../gateway/running.ts';
import { startFilmgate } from '../gateway/subjects.ts';
import { createShapedCases, type ShapedCase } from './sideBySideCases.ts';
import { evilBody, evilTexts, send } from './sideBySideEvil.ts';
import { findPeer, findRules, startPeer } from './sideBySidePeer.ts';
import {
  summarize,
  toText,
  type EvilFound,
  type Found,
  type SubjectName,
} from './sideBySideReport.ts';

const whole = { rounds: 3, share: 1, warmUpSeconds: 4, evilLimitMs: 35_000 };
const quick = { rounds: 1, share: 0.5, warmUpSeconds: 1, evilLimitMs: 3_000 };

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    cases: { type: 'string' },
  },
});
const plan = values.quick ? quick : whole;
const tell = (what: object): void => {
  if (values.json) process.stdout.write(`${JSON.stringify(what)}\n`);
};

interface Subject {
  readonly name: SubjectName;
  readonly start: () => Promise<Running>;
}

type Fleet = Map<Subject, Running>;

process.exitCode = await main();

async function main(): Promise<number> {
  const [peer, rules] = [findPeer(), findRules()];
  const versions = { nginx: versionOf('nginx'), wrk: versionOf('wrk') };
  const missing = [
    ...Object.entries(versions).flatMap(([name, version]) => (version === null ? [name] : [])),
    ...(peer === null ? ['libmodsecurity for nginx (libnginx-mod-http-modsecurity)'] : []),
    ...(rules === null ? ['a Core Rule Set (modsecurity-crs, or FILMGATE_CRS_DIR)'] : []),
  ];
  if (peer === null || rules === null || missing.length > 0) {
    process.stderr.write(`not found: ${missing.join(', ')}; nothing was measured\n`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-bench-'));
  const place = await createPlace(folder);
  const upstream = await startUpstream(place);
  const fleet: Fleet = new Map();
  try {
    const waf = `waf: { rules: ${JSON.stringify(rules.folder)}, paranoia: 1 }\n`;
    const { key, configFile } = await install(place, upstream.port, waf);
    const subjects: readonly Subject[] = [
      { name: 'modsecurity', start: () => startPeer(place, upstream.port, peer, rules) },
      { name: 'filmgate', start: () => startFilmgate(configFile) },
    ];
    for (const subject of subjects) fleet.set(subject, await subject.start());
    const cases = createShapedCases(folder).filter(
      ({ name }) => values.cases === undefined || values.cases.split(',').includes(name),
    );
    const flaws = await check(fleet, cases, place, key);
    if (flaws.length > 0) {
      process.stderr.write(`${flaws.join('\n')}\nnothing was measured\n`);
      return 2;
    }
    const found = await measure(fleet, cases, key);
    const evil = await measureEvil(fleet, place, key);
    const machine = {
      cpu: cpus()[0]!.model,
      cores: cpus().length,
      node: process.version,
      ...versions,
      libmodsecurity: peer.version,
      crs: rules.version,
      paranoia: 1,
    };
    tell({ event: 'summary', quick: values.quick, machine, ...summarize(found, evil) });
    if (!values.json) process.stdout.write(`${JSON.stringify(machine)}\n\n${toText(found, evil)}`);
    return 0;
  } finally {
    await Promise.all([...fleet.values()].map(({ child }) => stop(child)));
    await stop(upstream.child);
    rmSync(folder, { recursive: true });
  }
}

/** A request that a side blocks, and a side that blocks no attack, make a comparison worthless. */
async function check(
  fleet: Fleet,
  cases: readonly ShapedCase[],
  place: Place,
  key: string,
): Promise<readonly string[]> {
  const flaws: string[] = [];
  const attack = {
    name: 'an attack',
    method: 'POST',
    path: '/pictoryapis/v2/video/storyboard',
    body: JSON.stringify({ videoName: '<script>alert(document.cookie)</script>' }),
  };
  const harmless = cases.map((one) => ({
    ...one,
    body: one.bodyFile === null ? null : readFileSync(one.bodyFile, 'utf8').split('\n')[0]!,
  }));
  for (const [{ name }, server] of fleet) {
    for (const one of [...harmless, attack]) {
      const expected = one === attack ? 403 : 200;
      const { status } = await send(server, place, one, { key, limitMs: 10_000 });
      if (status !== expected)
        flaws.push(`${name} answered ${one.name} with ${status}, not with ${expected}`);
    }
  }
  return flaws;
}

/** Both run at once, idle but for the one that is measured; medians over the rounds. */
async function measure(
  fleet: Fleet,
  cases: readonly ShapedCase[],
  key: string,
): Promise<readonly Found[]> {
  const { rounds, share, warmUpSeconds: seconds } = plan;
  for (const [{ name }, server] of fleet) {
    if (name === 'modsecurity') continue;
    // What is compiled while it runs takes some thousand requests of each kind.
    for (const one of cases) await load(server, one, { ...one, key, seconds });
  }
  const rows = await inRounds(fleet, cases, rounds, (server, one) =>
    load(server, one, { ...one, key, seconds: one.seconds * share }),
  );
  return rows.map(([subject, name, rounds]) => {
    const found: Found = {
      case: cases.find((one) => one.name === name)!,
      subject,
      requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
      cpuUs: median(rounds.map((round) => round.cpuUs)),
    };
    tell({ event: 'load', ...found, case: name });
    return found;
  });
}

/** A server that does not answer in time is stopped and started anew. */
async function measureEvil(fleet: Fleet, place: Place, key: string): Promise<readonly EvilFound[]> {
  const found: EvilFound[] = [];
  for (const text of evilTexts) {
    const one = {
      method: 'POST',
      path: '/pictoryapis/v2/video/storyboard',
      body: evilBody(text),
    };
    const worst = {} as Record<SubjectName, EvilFound[SubjectName]>;
    for (const [subject, server] of fleet) {
      const times = subject.name === 'filmgate' ? 3 : 1;
      for (let time = 0; time < times; time += 1) {
        const sent = await send(server, place, one, { key, limitMs: plan.evilLimitMs });
        if (sent.ms > (worst[subject.name]?.ms ?? 0)) worst[subject.name] = sent;
        if (sent.status !== null) continue;
        await stop(server.child);
        fleet.set(subject, await subject.start());
        break;
      }
    }
    const each = { name: text.name, ...worst };
    tell({ event: 'evil', ...each });
    found.push(each);
  }
  return found;
}
