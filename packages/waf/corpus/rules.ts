import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedCorpus } from '../crs/corpus.ts';
import {
  arrangeRules,
  baseRules,
  compile,
  DEEP_DECODING_LIMITS,
  parseRules,
} from '../src/index.ts';
import type { Rules, RuleSource, Ruleset } from '../src/index.ts';

/**
 * `built-in`: the rules of this package alone. `crs`: the Core Rule Set alone. `balanced`: both, with
 * the tuning for texts; what a gateway runs when the Core Rule Set is there.
 */
export type RulesChoice = 'built-in' | 'crs' | 'balanced';

const BUILT_IN_FOLDER = join(import.meta.dirname, '../rules');
const SETUP_NAMES = ['crs-setup.conf', 'crs-setup.conf.example'];

/** The best choice that this machine allows. */
export function bestChoice(): RulesChoice {
  return crsFolder() === null ? 'built-in' : 'balanced';
}

/** Rules compiled to block at paranoia level 1; with deep decoding, but for the plain Core Rule Set. */
export function compileChoice(choice: RulesChoice): Ruleset {
  return compile(rulesOf(choice), {
    mode: 'On',
    paranoiaLevel: 1,
    allowedMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    ...(choice === 'crs' ? {} : { deepDecoding: DEEP_DECODING_LIMITS }),
  });
}

/** The rules that ship with this package. */
export function builtInRules(): Rules {
  return parse(readFolder(BUILT_IN_FOLDER), [BUILT_IN_FOLDER]);
}

/** The rules of a choice, not yet compiled. */
export function rulesOf(choice: RulesChoice): Rules {
  if (choice === 'built-in') return builtInRules();
  const builtIn = readFolder(BUILT_IN_FOLDER);
  const folder = crsFolder();
  if (folder === null) throw new Error('no Core Rule Set is there; set FILMGATE_CRS_DIR');
  const crs = [...readSetup(folder), ...readFolder(folder)];
  if (choice === 'crs') return parse(crs, [folder]);
  const tuning = readFolder(join(BUILT_IN_FOLDER, 'tuning'));
  return parse(arrangeRules({ core: crs, builtIn, tuning }), [folder, BUILT_IN_FOLDER]);
}

function parse(sources: readonly RuleSource[], dataFolders: readonly string[]): Rules {
  return parseRules([baseRules, ...sources], (name) => {
    const path = dataFolders.map((folder) => join(folder, name)).find((one) => existsSync(one));
    return path === undefined ? null : readFileSync(path, 'latin1');
  });
}

function readFolder(folder: string): RuleSource[] {
  const names = readdirSync(folder).filter(
    (name) => name.endsWith('.conf') && !SETUP_NAMES.includes(name),
  );
  return names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), 'latin1') }));
}

function readSetup(rulesFolder: string): RuleSource[] {
  const places = [join(rulesFolder, '..'), rulesFolder].flatMap((folder) =>
    SETUP_NAMES.map((name) => join(folder, name)),
  );
  const path = places.find((place) => existsSync(place));
  return path === undefined ? [] : [{ name: 'crs-setup.conf', text: readFileSync(path, 'latin1') }];
}

/** The Core Rule Set of FILMGATE_CRS_DIR or beside the project, or null. */
function crsFolder(): string | null {
  const named = process.env['FILMGATE_CRS_DIR'];
  if (named === undefined || named === '') return sharedCorpus()?.rulesFolder ?? null;
  return existsSync(join(named, 'rules')) ? join(named, 'rules') : named;
}
