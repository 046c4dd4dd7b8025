import { compileRegex } from '../../regex/regex.ts';
import type { Budget, Regex } from '../../regex/regex.ts';
import type { StateMemory } from '../../regex/stateMemory.ts';
import { RegexSyntaxError } from '../../regex/regexSyntaxError.ts';

/**
 * Several patterns as one: where it does not match, none of them does, and one pass over the text
 * has told so. Put together at the first use, since the rules of a paranoia level may never run.
 */
export class JointPattern {
  readonly #patterns: readonly string[];
  readonly #memory: StateMemory;
  #regexes: readonly Regex[] | null = null;

  constructor(patterns: readonly string[], memory: StateMemory) {
    this.#patterns = patterns;
    this.#memory = memory;
  }

  test(text: string, budget: Budget): boolean {
    this.#regexes ??= warmed(join(this.#patterns, this.#memory));
    return this.#regexes.some((regex) => regex.test(text, budget));
  }
}

/** Runs harmless texts through, so that the first request is not charged with states that all need. */
function warmed(regexes: readonly Regex[]): readonly Regex[] {
  for (const regex of regexes) {
    for (const sample of SAMPLES) regex.test(sample, { left: SAMPLE_STEPS });
  }
  return regexes;
}

const SAMPLE_STEPS = 1_000_000;

/** One regular expression, or several where one would be too large. */
function join(patterns: readonly string[], memory: StateMemory): Regex[] {
  try {
    const joint = patterns.map((pattern) => `(?:${pattern})`).join('|');
    return [compileRegex(joint, {}, memory)];
  } catch (error) {
    if (!(error instanceof RegexSyntaxError) || patterns.length === 1) throw error;
    const middle = patterns.length >> 1;
    return [...join(patterns.slice(0, middle), memory), ...join(patterns.slice(middle), memory)];
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
