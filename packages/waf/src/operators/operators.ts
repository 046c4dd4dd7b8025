import { beginsWith } from './beginsWith.ts';
import { contains } from './contains.ts';
import { containsWord } from './containsWord.ts';
import { detectSQLi } from './detectSQLi.ts';
import { detectXSS } from './detectXSS.ts';
import { endsWith } from './endsWith.ts';
import { eq } from './eq.ts';
import { ge } from './ge.ts';
import { geoLookup } from './geoLookup.ts';
import { gt } from './gt.ts';
import { ipMatch } from './ipMatch.ts';
import { ipMatchFromFile } from './ipMatchFromFile.ts';
import { le } from './le.ts';
import { lt } from './lt.ts';
import { noMatch } from './noMatch.ts';
import { pm } from './pm.ts';
import { pmFromFile } from './pmFromFile.ts';
import { rbl } from './rbl.ts';
import { rx } from './rx.ts';
import { streq } from './streq.ts';
import { strmatch } from './strmatch.ts';
import { unconditionalMatch } from './unconditionalMatch.ts';
import { validateByteRange } from './validateByteRange.ts';
import { validateUrlEncoding } from './validateUrlEncoding.ts';
import { validateUtf8Encoding } from './validateUtf8Encoding.ts';
import { verifyCC } from './verifyCC.ts';
import { verifySSN } from './verifySSN.ts';
import { within } from './within.ts';
import type { OperatorFactory } from './operator.ts';

const ALL: Readonly<Record<string, OperatorFactory>> = {
  beginsWith,
  contains,
  containsWord,
  detectSQLi,
  detectXSS,
  endsWith,
  eq,
  ge,
  geoLookup,
  gt,
  ipMatch,
  ipMatchFromFile,
  le,
  lt,
  noMatch,
  pm,
  pmFromFile,
  rbl,
  rx,
  streq,
  strmatch,
  unconditionalMatch,
  validateByteRange,
  validateUrlEncoding,
  validateUtf8Encoding,
  verifyCC,
  verifySSN,
  within,
};

/** Short names that ModSecurity also accepts. */
const ALIASES: readonly (readonly [alias: string, name: string])[] = [
  ['pmf', 'pmFromFile'],
  ['ipMatchF', 'ipMatchFromFile'],
];

const byName = new Map(Object.entries(ALL).map(([name, factory]) => [name.toLowerCase(), factory]));
for (const [alias, name] of ALIASES) {
  const factory = ALL[name];
  if (factory !== undefined) byName.set(alias.toLowerCase(), factory);
}

/** Every operator by its lower-case name. */
export const OPERATORS: ReadonlyMap<string, OperatorFactory> = byName;

/** The names to write in rules. */
export const OPERATOR_NAMES: readonly string[] = Object.keys(ALL);
