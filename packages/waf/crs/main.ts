import { parseArgs } from 'node:util';
import { compile } from '../src/index.ts';
import { loadRules, loadTests, sharedCorpus } from './corpus.ts';
import { inProcess } from './inProcess.ts';
import { regressionOptions } from './regressionOptions.ts';
import { runTests } from './runTests.ts';
import type { RunResult } from './runTests.ts';

/**
 * `npm run crs -- [--json] [--tests DIR] [--rules DIR] [--naive] [--socket]`: the CRS project's regression tests, in process or
 * with every request sent over TLS through the gateway.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    naive: { type: 'boolean', default: false },
    socket: { type: 'boolean', default: false },
    tests: { type: 'string' },
    rules: { type: 'string' },
    setup: { type: 'string' },
  },
});

const shared = sharedCorpus();
const rulesFolder = values.rules ?? shared?.rulesFolder;
const testsFolder = values.tests ?? shared?.testsFolder;
if (rulesFolder === undefined || testsFolder === undefined) {
  console.error('no Core Rule Set beside the project; name one with --rules DIR --tests DIR');
  process.exit(78);
}

const rules = loadRules(rulesFolder, values.setup);
const { tests, fileCount } = loadTests(testsFolder);
const { failures, ...counts } = await (values.socket ? overSocket() : runInProcess());
for (const { title, reason } of failures) console.log(`${title} ${reason}`);
const summary = {
  ...counts,
  files: fileCount,
  rules: rules.items.filter(({ kind }) => kind === 'rule').length,
};
console.log(
  values.json
    ? JSON.stringify(summary)
    : `${counts.passed} passed, ${counts.failed} failed in ${fileCount} files`,
);
process.exitCode = counts.failed === 0 ? 0 : 2;

function runInProcess(): Promise<RunResult> {
  return runTests(tests, inProcess(compile(rules, { ...regressionOptions, naive: values.naive })));
}

/** The gateway is asked for only here: the engine knows nothing of it. */
async function overSocket(): Promise<RunResult> {
  const { openHarness } = await import('../../../test/crs/overSocket.ts');
  const { overrides } = await import('../../../test/crs/overrides.ts');
  const harness = await openHarness(rules);
  try {
    return await runTests(tests, harness.send, new Set(overrides.keys()));
  } finally {
    harness.close();
  }
}
