import type { PatternReader } from './patternReader.ts';

export interface Quantifier {
  readonly min: number;
  readonly max: number;
  readonly greedy: boolean;
  readonly possessive: boolean;
}

/** PCRE's limit of a counted repeat. */
const COUNT_MAX = 65535;
const DIGITS = '0123456789';

/** Reads `*`, `+`, `?` or `{n,m}` with its `?` or `+`; null when no quantifier stands here. */
export function parseQuantifier(reader: PatternReader): Quantifier | null {
  const counts = parseCounts(reader);
  if (counts === null) return null;
  if (reader.eat('?')) return { ...counts, greedy: false, possessive: false };
  return { ...counts, greedy: true, possessive: reader.eat('+') };
}

function parseCounts(reader: PatternReader): { min: number; max: number } | null {
  if (reader.eat('*')) return { min: 0, max: Infinity };
  if (reader.eat('+')) return { min: 1, max: Infinity };
  if (reader.eat('?')) return { min: 0, max: 1 };
  return reader.peek() === '{' ? parseBraces(reader) : null;
}

/** A brace that begins no quantifier is a literal, as in PCRE and RE2. */
function parseBraces(reader: PatternReader): { min: number; max: number } | null {
  const start = reader.position;
  reader.eat('{');
  const low = reader.takeWhile(DIGITS);
  const high = reader.eat(',') ? reader.takeWhile(DIGITS) : low;
  if (low === '' || !reader.eat('}')) {
    reader.position = start;
    return null;
  }
  const min = Number(low);
  const max = high === '' ? Infinity : Number(high);
  if (min > COUNT_MAX || (max !== Infinity && max > COUNT_MAX)) {
    reader.fail(`count of a repeat is over ${COUNT_MAX}`, start);
  }
  if (min > max) reader.fail('counts of a repeat are out of order', start);
  return { min, max };
}
