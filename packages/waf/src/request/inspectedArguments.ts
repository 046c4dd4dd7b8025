import { decodeDeep } from '../decoding/decodeDeep.ts';
import type { DeepDecodingLimits } from '../decoding/decodeDeep.ts';
import type { Budget } from '../regex/regex.ts';
import { Entry } from './entry.ts';

/** How arguments become what rules look at in ARGS. */
export interface ArgumentInspection {
  /** Names of arguments whose values a schema has proven to be no free text. */
  readonly proven: ReadonlySet<string>;
  /** Null: values are looked at as they are. */
  readonly deepDecoding: DeepDecodingLimits | null;
  readonly budget: Budget;
}

const PROVEN_BYTES_MAX = 64;

/**
 * The entries of ARGS. With an inspection, without the proven ones, and with the texts that are wrapped in the others,
 * under the name of the argument they came in so that exclusions by name hold for them too.
 *
 * That a name is proven is not enough. It must stand once, since rules would otherwise miss a second
 * argument of that name, and its value must be made of harmless bytes alone: a wrong proof costs a
 * look, never a hole.
 */
export function inspectedArguments(
  all: readonly Entry[],
  inspection: ArgumentInspection | null,
): readonly Entry[] {
  if (inspection === null) return all.map(({ key, value }) => new Entry('ARGS', key, value));
  const { proven, deepDecoding, budget } = inspection;
  const kept = proven.size === 0 ? all : withoutProven(all, proven);
  const inspected = kept.map(({ key, value }) => new Entry('ARGS', key, value));
  if (deepDecoding === null) return inspected;
  for (const { key, value } of kept) {
    for (const text of decodeDeep(value, deepDecoding, budget)) {
      inspected.push(new Entry('ARGS', key, text));
    }
  }
  return inspected;
}

function withoutProven(all: readonly Entry[], proven: ReadonlySet<string>): readonly Entry[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { lowerKey } of all) (seen.has(lowerKey) ? repeated : seen).add(lowerKey);
  return all.filter(
    ({ key, lowerKey, value }) => !proven.has(key) || repeated.has(lowerKey) || !isHarmless(value),
  );
}

/** Short, of letters, digits and `.:+-_` alone, perhaps with a percent sign at the very end. */
function isHarmless(value: string): boolean {
  const last = value.length - 1;
  if (last >= PROVEN_BYTES_MAX) return false;
  for (let at = 0; at <= last; at++) {
    const byte = value.charCodeAt(at);
    const isAlphanumeric = (byte >= 48 && byte <= 58) || isLetter(byte);
    if (!isAlphanumeric && !'.+-_'.includes(value[at] ?? ' ') && !(byte === 37 && at === last))
      return false;
  }
  return true;
}

function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122;
}
