import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run mutate [FOLDER …]`: changes the security code in small ways and looks whether the tests beside it notice. Without
 * a folder all of {@link securityFolders}. Exits 1 when a folder's score is below 80. Takes minutes per folder.
 */
const securityFolders = [
  'pipeline',
  'credentials',
  'domain',
  'guards',
  'guards/schema',
  'guards/json',
  'guards/addresses',
  'jobs',
  'edge',
];
const scoreMin = 80;
const base = 'packages/gateway/src';

function mutate(folder: string): boolean {
  const scratch = mkdtempSync(join(tmpdir(), 'filmgate-mutate-'));
  const config = join(scratch, 'stryker.json');
  writeFileSync(config, JSON.stringify(configFor(folder)));
  process.stdout.write(`── ${folder}\n`);
  const { status } = spawnSync('stryker', ['run', config], { stdio: 'inherit' });
  rmSync(scratch, { recursive: true });
  return status === 0;
}

/** A folder below another one is often tested by the parent's tests, which stand beside what uses it. */
const testsFor = (folder: string): string => {
  const parent = folder.split('/')[0]!;
  const folders = parent === folder ? [folder] : [parent, folder];
  return folders.map((one) => `${base}/${one}/*.test.ts`).join(' ');
};

const configFor = (folder: string): object => ({
  packageManager: 'npm',
  testRunner: 'command',
  commandRunner: { command: `node --test --test-reporter=dot ${testsFor(folder)}` },
  mutate: [`${base}/${folder}/*.ts`, `!${base}/${folder}/*.{test,fixture}.ts`],
  // Texts of messages are read by people, not by tests.
  mutator: { excludedMutations: ['StringLiteral'] },
  // TypeScript 7 has no API to rewrite a tsconfig with, and nothing is compiled: there must be none.
  tsconfigFile: 'none',
  ignorePatterns: ['bench', 'docs', 'test', 'packages/waf/corpus', 'packages/waf/crs'],
  coverageAnalysis: 'off',
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, reportTests: false },
  thresholds: { high: 90, low: scoreMin, break: scoreMin },
});

const named = process.argv.slice(2);
const folders = named.length > 0 ? named : securityFolders;
const unknown = folders.filter((folder) => globSync(`${base}/${folder}/*.test.ts`).length === 0);
if (unknown.length > 0) {
  process.stderr.write(
    `no tests stand in ${unknown.join(', ')}; known are ${securityFolders.join(', ')}\n`,
  );
  process.exitCode = 1;
} else {
  const failed = folders.filter((folder) => !mutate(folder));
  process.stdout.write(
    failed.length === 0
      ? 'every score is high enough\n'
      : `below ${scoreMin}: ${failed.join(', ')}\n`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}
