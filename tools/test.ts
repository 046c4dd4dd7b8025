/**
 * `npm test`: style, types, dead code, then every test. Prints what was skipped and why, and the counts.
 * Flags: `--only-tests` leaves out the static checks; further words select test files by a part of their path.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { startPostgres } from './services/postgres.ts';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const onlyTests = process.argv.includes('--only-tests');

function step(name: string, command: string, args: readonly string[]): boolean {
  process.stdout.write(`── ${name}\n`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) process.stdout.write(`   ${command} could not be started: ${error.message}\n`);
  if (status !== 0) process.stdout.write(`   ${name} failed\n`);
  return status === 0;
}

function staticChecks(): boolean {
  const results = [
    step('format (oxfmt)', 'oxfmt', ['--check', '.']),
    step('lint (oxlint)', 'oxlint', ['--type-aware', '--deny-warnings', '.']),
    step('types (tsc)', 'tsc', ['-p', '.']),
    step('dead code (knip)', 'knip', ['--no-progress']),
  ];
  return results.every(Boolean);
}

function tests(): boolean {
  const files = globSync('{packages/*/{src,crs,corpus},test,tools,bench}/**/*.test.ts')
    .filter((file) => !file.includes('node_modules'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .toSorted();
  if (files.length === 0) {
    process.stdout.write('no test file fits\n');
    return false;
  }
  const reporter = process.stdout.isTTY ? 'spec' : 'dot';
  return step(`tests (${files.length} files)`, process.execPath, [
    '--test',
    '--test-concurrency=2',
    '--test-timeout=180000',
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
    '--test-reporter=./tools/services/countReporter.ts',
    '--test-reporter-destination=stdout',
    ...files,
  ]);
}

const postgres = await startPostgres();
process.stdout.write(`${postgres.message}\n`);
if (postgres.url !== null) process.env['FILMGATE_TEST_POSTGRES'] = postgres.url;
try {
  const clean = onlyTests || words.length > 0 || staticChecks();
  const passed = tests();
  process.exitCode = clean && passed ? 0 : 1;
} finally {
  postgres.stop();
}
