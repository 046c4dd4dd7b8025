import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules, sharedCorpus } from '../crs/corpus.ts';
import { baseRules, compile, parseRules } from '../src/index.ts';
import type { Rules, Ruleset, RulesetOptions } from '../src/index.ts';

/** A rule set with the name by which reports call it. */
export interface NamedRuleset {
  readonly name: 'crs' | 'built-in';
  readonly ruleset: Ruleset;
}

const BUILT_IN_FOLDER = join(import.meta.dirname, '../rules');

/** The Core Rule Set of FILMGATE_CRS_DIR or beside the project; without one the built-in rules. */
export function chooseRules(options: RulesetOptions, wanted?: string): NamedRuleset {
  const folder = wanted === 'built-in' ? undefined : crsFolder();
  if (folder === undefined) return { name: 'built-in', ruleset: compile(builtInRules(), options) };
  return { name: 'crs', ruleset: compile(loadRules(folder), options) };
}

/** The rules that ship with the package. */
export function builtInRules(): Rules {
  const files = readdirSync(BUILT_IN_FOLDER)
    .filter((name) => name.endsWith('.conf'))
    .sort();
  const read = (name: string): string => readFileSync(join(BUILT_IN_FOLDER, name), 'latin1');
  const sources = files.map((name) => ({ name, text: read(name) }));
  return parseRules([baseRules, ...sources], (name) =>
    existsSync(join(BUILT_IN_FOLDER, name)) ? read(name) : null,
  );
}

function crsFolder(): string | undefined {
  const named = process.env['FILMGATE_CRS_DIR'];
  if (named === undefined || named === '') return sharedCorpus()?.rulesFolder;
  return existsSync(join(named, 'rules')) ? join(named, 'rules') : named;
}
