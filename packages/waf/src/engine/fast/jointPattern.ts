import { compileRegex } from '../../regex/regex.ts';
import type { Regex } from '../../regex/regex.ts';
import { RegexSyntaxError } from '../../regex/regexSyntaxError.ts';

/**
 * One pattern for several: where it does not match, none of them does, and one pass over the text
 * has told so. Null when they cannot be joined.
 */
export function joinPatterns(patterns: readonly string[]): Regex | null {
  if (patterns.length < 2) return null;
  try {
    return compileRegex(patterns.map((pattern) => `(?:${pattern})`).join('|'));
  } catch (error) {
    if (error instanceof RegexSyntaxError) return null;
    throw error;
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
