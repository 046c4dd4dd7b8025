/**
 * Nanoseconds per byte of the regex engine over the patterns of a rule set, warm and cold, on
 * ordinary text and on pumped strings; and budget units per nanosecond, so that a request's budget
 * can be read as time. `node bench/waf/regex.ts [DIR]`, a folder of `.conf` files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRegex, type Regex } from '../../packages/waf/src/regex/regex.ts';
import { pumpUnits } from '../../packages/waf/src/regex/pump.ts';

const AMPLE = 1e12;
const directory =
  process.argv[2] ??
  join(
    process.env['FILMGATE_CRS_DIR'] ?? join(import.meta.dirname, '../../../shared/crs/v4.28.0'),
    'rules',
  );

const TEXT =
  'In 1984 the O\'Brien family opened a small studio in Dublin; "select the best scenes and drop the rest", ' +
  'they said. https://example.com/watch?v=42&lang=en {"price": 19.99, "union": true} <b>bold</b> (update 7)\n';

function readPatterns(): string[] {
  const patterns = new Set<string>();
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.conf'))) {
    const text = readFileSync(join(directory, file), 'latin1').replace(/\\\r?\n\s*/g, '');
    for (const line of text.split('\n').filter((line) => !line.trimStart().startsWith('#'))) {
      for (const match of line.matchAll(/"!?@rx ((?:[^"\\]|\\.)*)"/g)) {
        patterns.add(match[1]!.replaceAll('\\"', '"'));
      }
    }
  }
  return [...patterns];
}

interface Timing {
  nanoseconds: number;
  units: number;
}

function timed(regex: Regex, input: string): Timing {
  const budget = { left: AMPLE };
  const start = process.hrtime.bigint();
  regex.test(input, budget);
  const nanoseconds = Number(process.hrtime.bigint() - start);
  return { nanoseconds, units: AMPLE - budget.left };
}

function line(name: string, timings: readonly Timing[], bytes: number): void {
  const nanoseconds = timings.reduce((sum, timing) => sum + timing.nanoseconds, 0);
  const units = timings.reduce((sum, timing) => sum + timing.units, 0);
  const worst = Math.max(...timings.map((timing) => timing.nanoseconds)) / 1e6;
  console.log(
    `${name.padEnd(34)} ${(nanoseconds / bytes).toFixed(2).padStart(8)} ns/byte` +
      ` ${worst.toFixed(3).padStart(9)} ms worst ${(nanoseconds / Math.max(1, units)).toFixed(2).padStart(7)} ns/unit`,
  );
}

const patterns = readPatterns();
const compileStart = process.hrtime.bigint();
const regexes = patterns.map((pattern) => compileRegex(pattern));
const compileMs = Number(process.hrtime.bigint() - compileStart) / 1e6;
console.log(`${patterns.length} patterns compiled in ${compileMs.toFixed(0)} ms`);

const text = TEXT.repeat(Math.ceil(65536 / TEXT.length)).slice(0, 65536);
const cold = regexes.map((regex) => timed(regex, text.slice(0, 4096)));
line('text, 4 KB, cold', cold, 4096 * regexes.length);
for (const regex of regexes) timed(regex, text);
const missing = regexes.filter((regex) => !regex.test(text, { left: AMPLE }));
const warm = missing.flatMap((regex) => Array.from({ length: 5 }, () => timed(regex, text)));
line(`text, 64 KB, warm, ${missing.length} without match`, warm, 65536 * warm.length);

for (const size of [4096, 65536]) {
  const evil: Timing[] = [];
  const again: Timing[] = [];
  let bytes = 0;
  for (const pattern of patterns) {
    for (const { prefix, unit } of pumpUnits(pattern).slice(0, 12)) {
      const input = (prefix + unit.repeat(Math.ceil(size / unit.length))).slice(0, size) + '\x01';
      const fresh = compileRegex(pattern);
      evil.push(timed(fresh, input));
      again.push(timed(fresh, input));
      bytes += input.length;
    }
  }
  line(`pumped, ${size / 1024} KB, cold`, evil, bytes);
  line(`pumped, ${size / 1024} KB, warm`, again, bytes);
}
console.log(`heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`);
