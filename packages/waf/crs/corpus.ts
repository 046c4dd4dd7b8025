import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseRules, readRuleFiles } from '../src/index.ts';
import type { Rules } from '../src/index.ts';
import { parseTestFile } from './testFile.ts';
import type { RegressionTest } from './testFile.ts';

/** Where a copy of the Core Rule Set lies. */
export interface Corpus {
  readonly rulesFolder: string;
  readonly testsFolder: string;
}

const SHARED = join(import.meta.dirname, '../../../../shared/crs/v4.28.0');

/** The copy beside the project, or null when there is none. */
export function sharedCorpus(): Corpus | null {
  if (!existsSync(SHARED)) return null;
  return { rulesFolder: join(SHARED, 'rules'), testsFolder: join(SHARED, 'tests') };
}

/** Load the rules of a folder with the set-up file beside or in it. */
export function loadRules(rulesFolder: string, setupFile = findSetup(rulesFolder)): Rules {
  const access = { read: readOrNull, list: (folder: string) => readdirSync(folder) };
  const rules = join(rulesFolder, 'R*.conf');
  return readRuleFiles(setupFile === null ? [rules] : [setupFile, rules], access, [baseRules]);
}

/** Every test in the YAML files below a folder. */
export function loadTests(folder: string): { tests: RegressionTest[]; fileCount: number } {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  const tests = files
    .sort()
    .flatMap((name) =>
      parseTestFile(readFileSync(join(folder, name), 'utf8'), name.split('/').at(-1) ?? name),
    );
  return { tests, fileCount: files.length };
}

function findSetup(rulesFolder: string): string | null {
  const names = ['crs-setup.conf', 'crs-setup.conf.example'];
  const places = [join(rulesFolder, '..'), rulesFolder].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
  return places.find((place) => existsSync(place)) ?? null;
}

function readOrNull(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'latin1') : null;
}
