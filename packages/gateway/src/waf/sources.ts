import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arrangeRules, baseRules, type ReadData, type RuleSource } from 'filmgate-waf';
import { settledRules } from './ownRules.ts';

/** Where rules lie. */
export interface RulePlaces {
  /** Folder of a Core Rule Set, or of its `rules`; null: the built-in rules alone. */
  readonly crs: string | null;
  /** Reviewed exclusions; need not exist. */
  readonly exclusions: string;
}

/** Rule text in the order in which it is read, and the data files that it names. */
export interface RuleTexts {
  readonly sources: readonly RuleSource[];
  readonly readData: ReadData;
  readonly hasSetup: boolean;
}

const builtInFolder = dirname(
  fileURLToPath(import.meta.resolve('filmgate-waf/rules/10-setup.conf')),
);
const setupNames = ['crs-setup.conf', 'crs-setup.conf.example'];

/**
 * With a Core Rule Set: its setup, what is excluded, its rules with the built-in ones between its initialisation and its
 * blocking evaluation, and the tuning for texts. Without: what is excluded, and the built-in rules.
 *
 * Exclusions that look at the request first act on what comes after them; the others act wherever they stand.
 */
export function readRules(places: RulePlaces, first: readonly RuleSource[]): RuleTexts {
  const excluded = [...first, ...readOne(places.exclusions, places.exclusions)];
  const builtIn = readFolder(builtInFolder);
  if (places.crs === null) {
    return {
      sources: [baseRules, ...excluded, ...builtIn],
      readData: dataOf([builtInFolder]),
      hasSetup: true,
    };
  }
  const rules = rulesFolder(places.crs);
  const setup = readSetup(rules);
  const sources = [
    baseRules,
    ...arrangeRules({
      core: [...setup, ...excluded, ...readFolder(rules)],
      builtIn,
      tuning: readFolder(join(builtInFolder, 'tuning')),
    }),
    settledRules,
  ];
  return { sources, readData: dataOf([rules, builtInFolder]), hasSetup: setup.length > 0 };
}

/** A release has its rules in `rules`; distributions have the folder alone. */
export const rulesFolder = (folder: string): string =>
  existsSync(join(folder, 'rules')) ? join(folder, 'rules') : folder;

function readFolder(folder: string): RuleSource[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.conf') && !setupNames.includes(name))
    .sort()
    .flatMap((name) => readOne(join(folder, name), name));
}

function readSetup(rules: string): RuleSource[] {
  const files = [join(rules, '..'), rules].flatMap((folder) =>
    setupNames.map((name) => join(folder, name)),
  );
  const file = files.find((one) => existsSync(one));
  return file === undefined ? [] : readOne(file, 'crs-setup.conf');
}

/** Rules are bytes: what is in a pattern stays as it is. */
function readOne(file: string, name: string): RuleSource[] {
  return existsSync(file) ? [{ name, text: readFileSync(file, 'latin1') }] : [];
}

function dataOf(folders: readonly string[]): ReadData {
  return (name) => {
    const file = folders.map((folder) => join(folder, name)).find((one) => existsSync(one));
    return file === undefined ? null : readFileSync(file, 'latin1');
  };
}
