import { parseArgs } from 'node:util';
import { compile } from '../src/index.ts';
import { loadRules, loadTests, sharedCorpus } from './corpus.ts';
import { inProcess } from './inProcess.ts';
import { regressionOptions } from './regressionOptions.ts';
import { runTests } from './runTests.ts';

/** `npm run crs -- [--json] [--tests DIR] [--rules DIR] [--naive]`: the CRS project's regression tests. */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    naive: { type: 'boolean', default: false },
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

const ruleset = compile(loadRules(rulesFolder, values.setup), {
  ...regressionOptions,
  naive: values.naive,
});
const { tests, fileCount } = loadTests(testsFolder);
const { failures, ...counts } = await runTests(tests, inProcess(ruleset));
for (const { title, reason } of failures) console.log(`${title} ${reason}`);
const summary = { ...counts, files: fileCount, rules: ruleset.rules.length };
console.log(
  values.json
    ? JSON.stringify(summary)
    : `${counts.passed} passed, ${counts.failed} failed in ${fileCount} files`,
);
process.exitCode = counts.failed === 0 ? 0 : 2;
