import { join } from 'node:path';
import { compile } from '../../packages/waf/src/index.ts';
import type { Ruleset, TransactionInput } from '../../packages/waf/src/index.ts';
import { loadRules, sharedCorpus } from '../../packages/waf/crs/corpus.ts';

/**
 * CPU time of the engine alone, at start and per request, at paranoia level 1: `node bench/waf/engine.ts [--rules DIR]`.
 * Distinct bodies, so that nothing is won by having seen a string before.
 */
const BODIES = 200;
const ROUNDS = 15;

const HEADERS: readonly (readonly [string, string])[] = [
  ['Host', 'gateway.example.com'],
  ['User-Agent', 'example-client/2.1 (node 26.10.0)'],
  ['Accept', 'application/json'],
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Connection', 'keep-alive'],
];

function post(seed: number): TransactionInput {
  const body = JSON.stringify(videoRequest(seed));
  return {
    method: 'POST',
    uri: '/pictoryapis/v2/video/storyboard',
    protocol: 'HTTP/1.1',
    headers: [
      ...HEADERS,
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
    ],
    body,
    remoteAddress: '192.0.2.10',
  };
}

const WORDS =
  'our team shows how a calm morning walk helps people learn new things and share them'.split(' ');

function sentence(seed: number, length: number): string {
  return Array.from(
    { length },
    (_, index) => WORDS[(seed * 7 + index * 3 + (seed % 5)) % WORDS.length],
  ).join(' ');
}

/** A request with 52 leaves and about 1.6 KB. */
function videoRequest(seed: number): unknown {
  return {
    videoName: `Spring campaign ${seed}`,
    language: 'en',
    webhook: `https://hooks.example.com/jobs/${seed}`,
    saveProject: true,
    scenes: Array.from({ length: 8 }, (_, index) => ({
      story: sentence(seed + index, 12),
      voiceOver: true,
      minimumDuration: 3 + index,
      backgroundVisual: { type: 'image', color: `rgb(12, ${index}, ${seed % 255})` },
      caption: sentence(seed - index, 3),
    })),
  };
}

function get(seed: number): TransactionInput {
  return {
    method: 'GET',
    uri: `/pictoryapis/v1/jobs/7b0c9a34-5c1d-4f0e-9a52-${String(seed).padStart(12, '0')}`,
    protocol: 'HTTP/1.1',
    headers: HEADERS,
    remoteAddress: '192.0.2.10',
  };
}

function run(ruleset: Ruleset, request: TransactionInput): void {
  const transaction = ruleset.begin(request);
  transaction.evaluate(1);
  if (transaction.evaluate(2).interruption !== null)
    throw new Error('a benign request was blocked');
}

/** Milliseconds of CPU per request: the median of the rounds after the first three. */
function cpuMs(ruleset: Ruleset, make: (seed: number) => TransactionInput): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const requests = Array.from({ length: BODIES }, (_, index) => make(round * BODIES + index));
    const before = process.cpuUsage();
    for (const request of requests) run(ruleset, request);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000 / BODIES);
  }
  return (
    times.slice(3).sort((left, right) => left - right)[Math.floor((ROUNDS - 3) / 2)] ?? Number.NaN
  );
}

const flag = process.argv.indexOf('--rules');
const rulesFolder = flag === -1 ? sharedCorpus()?.rulesFolder : join(process.argv[flag + 1] ?? '');
if (rulesFolder === undefined) {
  console.log('skipped: no Core Rule Set beside the project; name one with --rules DIR');
} else {
  const before = process.cpuUsage();
  const rules = loadRules(rulesFolder);
  const ruleset = compile(rules, { paranoiaLevel: 1, allowedMethods: ['GET', 'POST'] });
  const { user, system } = process.cpuUsage(before);
  const naive = compile(rules, { paranoiaLevel: 1, naive: true });
  const result = {
    bodyBytes: post(1).body?.length,
    compileMs: Math.round((user + system) / 1000),
    postMs: cpuMs(ruleset, post),
    getMs: cpuMs(ruleset, get),
    naivePostMs: cpuMs(naive, post),
    naiveGetMs: cpuMs(naive, get),
    memoryMb: Math.round(process.memoryUsage().rss / 1e6),
  };
  console.log(JSON.stringify(result));
}
