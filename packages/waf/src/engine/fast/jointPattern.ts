import { compileRegex } from '../../regex/regex.ts';
import type { Regex } from '../../regex/regex.ts';
import { RegexSyntaxError } from '../../regex/regexSyntaxError.ts';

/** A pattern that stands in for an operator, with what it shares a joint with. */
export interface Joinable {
  readonly pattern: string;
  /** Patterns are joined with those of the same family only. */
  readonly family: string;
}

/** Joint patterns, and which one each pattern went into. */
export interface Joints {
  readonly regexes: readonly Regex[];
  readonly numberOf: ReadonlyMap<string, number>;
}

/** More would not fit the bits that a record keeps of them. */
const JOINTS_MAX = 30;

/**
 * Join patterns into few: where a joint does not match, none of its patterns does, and one pass over
 * the text has told so.
 */
export function joinPatterns(joinable: readonly Joinable[]): Joints {
  const regexes: Regex[] = [];
  const numberOf = new Map<string, number>();
  const families = new Map<string, Set<string>>();
  for (const { pattern, family } of joinable) {
    families.set(family, (families.get(family) ?? new Set()).add(pattern));
  }
  for (const patterns of families.values()) {
    for (const { members, regex } of joinOrSplit([...patterns])) {
      if (regexes.length >= JOINTS_MAX) break;
      const number = regexes.push(regex) - 1;
      for (const member of members) numberOf.set(member, number);
    }
  }
  return { regexes, numberOf };
}

function joinOrSplit(patterns: readonly string[]): { members: readonly string[]; regex: Regex }[] {
  try {
    const regex = compileRegex(patterns.map((pattern) => `(?:${pattern})`).join('|'));
    return [{ members: patterns, regex }];
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    if (patterns.length === 1) return [];
    const middle = patterns.length >> 1;
    return [...joinOrSplit(patterns.slice(0, middle)), ...joinOrSplit(patterns.slice(middle))];
  }
}

/** Whether a pattern keeps its meaning inside another; a back-reference would count other groups. */
export function isJoinable(pattern: string): boolean {
  for (let at = pattern.indexOf('\\'); at !== -1; at = pattern.indexOf('\\', at + 2)) {
    const next = pattern.charAt(at + 1);
    if (next >= '1' && next <= '9') return false;
  }
  return true;
}

/** Harmless texts of the kinds that requests are made of; a filter that many of them pass is weak. */
export const SAMPLES: readonly string[] = [
  'The quick brown fox jumps over the lazy dog while five wizards watch the box.',
  'Our new video explains how teams share work, save time and keep every project moving.',
  'json.scenes.0.backgroundVisual.type',
  'https://www.example.com/media/library/image-42.jpg',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0',
  'application/json',
  '7b0c9a34-5c1d-4f0e-9a52-0123456789ab',
  'firstName',
  'maria.jimenez@example.org',
  '2026-11-24T09:30:00Z',
];
