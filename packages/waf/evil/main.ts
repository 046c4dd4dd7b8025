import { parseArgs } from 'node:util';
import { bestChoice, rulesOf } from '../corpus/rules.ts';
import { bounds, searchLevel, type Case, type Level } from './search.ts';

/**
 * `npm run evil -- [--json] [--quick] [--rules built-in|crs|balanced]`: searches for requests that cost more than their
 * size allows, at each paranoia level. A line for each size and level with its worst case; the last line counts those over.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rules: { type: 'string' },
  },
});

const LEVELS: readonly Level[] = [1, 2, 3, 4];
const QUICK = { levelMs: 8_000, keep: 40 };
const FULL = { levelMs: 140_000, keep: 250 };
const choice = (values.rules ?? bestChoice()) as ReturnType<typeof bestChoice>;
if (choice === 'built-in' && !values.json)
  console.log('no Core Rule Set: the built-in rules alone (FILMGATE_CRS_DIR names one)');
const rules = rulesOf(choice);
const cases = LEVELS.flatMap((level) => {
  const found = searchLevel(rules, level, values.quick ? QUICK : FULL);
  for (const { bytes, msMax } of bounds) print(level, bytes, msMax, found);
  return found;
});
const over = bounds.flatMap(({ bytes, msMax }) =>
  cases.filter((one) => one.bytes === bytes && one.ms > msMax),
);
const summary = {
  over: over.length,
  worst: Object.fromEntries(
    bounds.map(({ bytes }) => [
      bytes,
      Math.max(...cases.filter((one) => one.bytes === bytes).map(({ ms }) => ms)),
    ]),
  ),
  cases: cases.length,
  refused: cases.filter(({ refused }) => refused).length,
  rules: choice,
};
console.log(
  values.json
    ? JSON.stringify(summary)
    : `${summary.over} of ${summary.cases} over their bound, ${summary.refused} refused for their work`,
);
process.exitCode = summary.over === 0 ? 0 : 2;

function print(level: Level, bytes: number, msMax: number, found: readonly Case[]): void {
  const ofSize = found.filter((one) => one.bytes === bytes);
  const worst = ofSize.toSorted((one, other) => other.ms - one.ms)[0];
  if (worst === undefined) return;
  const line = { cases: ofSize.length, msMax, worst };
  console.log(
    values.json
      ? JSON.stringify({ level, bytes, ...line })
      : `PL${level} ${String(bytes).padStart(8)} bytes: worst ${worst.ms.toFixed(1)} of ${msMax} ms, ${worst.position}, rule ${worst.ruleId}, ${JSON.stringify(worst.unit)} (${ofSize.length} cases)`,
  );
}
