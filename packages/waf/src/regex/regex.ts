import type { Budget } from './budget.ts';
import { compileProgram } from './compileProgram.ts';
import { LazyAutomaton } from './lazyAutomaton.ts';
import { parsePattern } from './parser.ts';
import { refuseUnsafePossessives } from './possessive.ts';
import { relax } from './relax.ts';

export type { Budget } from './budget.ts';
export { RegexSyntaxError } from './regexSyntaxError.ts';

export interface Regex {
  readonly source: string;
  /** Number of capture groups, group 0 not counted. */
  readonly groups: number;
  /**
   * Whether the input (a latin1 byte string, char codes 0-255) contains a match.
   * Returns false when the budget ran out (`budget.left < 0`).
   */
  test(input: string, budget: Budget): boolean;
  /** Leftmost-first match with captures as RE2 and PCRE give them, or null. */
  exec(input: string, budget: Budget): readonly (string | undefined)[] | null;
  /**
   * Alternatives of which at least one (lower-cased ASCII, length >= 1) occurs in the lower-cased
   * input of any match; null when nothing can be said.
   */
  readonly required: readonly string[] | null;
  /** 256-entry class of bytes of which at least one occurs in any match; null when unknown. */
  readonly requiredBytes: Uint8Array | null;
}

export interface RegexFlags {
  ignoreCase?: boolean;
  dotAll?: boolean;
  multiline?: boolean;
}

/** Compile; throws RegexSyntaxError { message, offset }. */
export function compileRegex(pattern: string, flags: RegexFlags = {}): Regex {
  const { ignoreCase = false, dotAll = true, multiline = false } = flags;
  const parsed = parsePattern(pattern, { ignoreCase, dotAll, multiline, extended: false });
  const program = compileProgram(relax(parsed.root), parsed.groups);
  refuseUnsafePossessives(program);
  let automaton: LazyAutomaton | undefined;
  return {
    source: pattern,
    groups: parsed.groups,
    required: null,
    requiredBytes: null,
    test: (input, budget) => (automaton ??= new LazyAutomaton(program)).search(input, budget) >= 0,
    exec: () => {
      throw new Error('not written yet');
    },
  };
}
