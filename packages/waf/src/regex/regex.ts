import { backreferenceSimulation } from './backreferenceSimulation.ts';
import type { Budget } from './budget.ts';
import { captureSimulation } from './captureSimulation.ts';
import { compileProgram } from './compileProgram.ts';
import { refuseUnsupportedBackreferences } from './backreferenceRules.ts';
import { LazyAutomaton, NOT_FOUND } from './lazyAutomaton.ts';
import { parsePattern } from './parser.ts';
import type { Program } from './program.ts';
import { relax } from './relax.ts';
import { requiredBytes } from './requiredBytes.ts';
import { requiredLiterals } from './requiredLiterals.ts';
import { StateMemory } from './stateMemory.ts';
import type { ParsedPattern } from './tree.ts';

export type { Budget } from './budget.ts';
export { RegexSyntaxError } from './regexSyntaxError.ts';
export { StateMemory } from './stateMemory.ts';

/** States of a pattern that shares its memory with no other. */
const STATE_BYTES_MAX = 256 * 1024;

/**
 * A compiled pattern. Inputs are byte strings: one character, 0 to 255, for each byte. Of a
 * character beyond, the low eight bits are taken.
 */
export interface Regex {
  readonly source: string;
  /** Number of capture groups, group 0 not counted. */
  readonly groups: number;
  /** Whether the input contains a match. False when the budget ran out (`budget.left < 0`). */
  test(input: string, budget: Budget): boolean;
  /**
   * The leftmost match and its groups, of the paths through the pattern the one that a
   * backtracking engine would take (leftmost-first, as PCRE and RE2). Null when there is none or
   * the budget ran out. Groups inside a look-around are left undefined.
   */
  exec(input: string, budget: Budget): readonly (string | undefined)[] | null;
  /**
   * Alternatives of which at least one (ASCII letters in lower case, length >= 1) occurs in the
   * lower-cased input of any match; null when nothing can be said.
   */
  readonly required: readonly string[] | null;
  /** 256-entry class of bytes of which at least one occurs in any match; null when unknown. */
  readonly requiredBytes: Uint8Array | null;
}

export interface RegexFlags {
  /** `(?i)`, ASCII letters only. */
  ignoreCase?: boolean;
  /** `(?s)`; on unless said otherwise, as in ModSecurity. */
  dotAll?: boolean;
  /** `(?m)`. */
  multiline?: boolean;
}

/**
 * Compiles PCRE syntax over bytes: a character of the pattern beyond 0x7f is one byte, so UTF-8
 * text is to be encoded by the caller. Patterns of one rule set best share one `memory`. `test` is linear in the input for every pattern, `exec` and
 * look-arounds too; a pattern with back-references costs more and is bounded by the budget alone.
 * @throws RegexSyntaxError with the offset, for what is malformed, too large or not supported.
 */
export function compileRegex(
  pattern: string,
  flags: RegexFlags = {},
  memory: StateMemory = new StateMemory(STATE_BYTES_MAX),
): Regex {
  const { ignoreCase = false, dotAll = true, multiline = false } = flags;
  const parsed = parsePattern(pattern, { ignoreCase, dotAll, multiline, extended: false });
  return new CompiledRegex(pattern, parsed, memory);
}

class CompiledRegex implements Regex {
  readonly source: string;
  readonly groups: number;
  readonly required: readonly string[] | null;
  readonly requiredBytes: Uint8Array | null;
  readonly #memory: StateMemory;
  readonly #program: Program;
  /** The program without look-arounds and back-references: matches wherever the pattern does. */
  readonly #relaxed: Program;
  readonly #hasBackreference: boolean;
  #lazyAutomaton: LazyAutomaton | undefined;

  constructor(source: string, parsed: ParsedPattern, memory: StateMemory) {
    const { root, groups, hasBackreference } = parsed;
    if (hasBackreference) refuseUnsupportedBackreferences(root);
    const relaxed = relax(root);
    this.source = source;
    this.#memory = memory;
    this.groups = groups;
    this.required = requiredLiterals(relaxed);
    this.requiredBytes = requiredBytes(relaxed);
    this.#program = compileProgram(root, groups);
    this.#relaxed = relaxed === root ? this.#program : compileProgram(relaxed, groups);
    this.#hasBackreference = hasBackreference;
  }

  test(input: string, budget: Budget): boolean {
    const from = this.#search(input, budget);
    if (from === NOT_FOUND) return false;
    return this.#relaxed === this.#program || this.#find(input, from, budget) !== null;
  }

  exec(input: string, budget: Budget): readonly (string | undefined)[] | null {
    const from = this.#search(input, budget);
    if (from === NOT_FOUND) return null;
    const slots = this.#find(input, from, budget);
    if (slots === null) return null;
    return Array.from({ length: this.groups + 1 }, (_, group) => {
      const start = slots[2 * group]!;
      const end = slots[2 * group + 1]!;
      return start < 0 || end < 0 ? undefined : input.slice(start, end);
    });
  }

  #search(input: string, budget: Budget): number {
    return this.#automaton().search(input, budget);
  }

  #find(input: string, from: number, budget: Budget): Int32Array | null {
    if (this.#hasBackreference) {
      return backreferenceSimulation(this.#program, input, from, budget);
    }
    const automaton = this.#automaton();
    return captureSimulation(this.#program, input, from, budget, (text, position) =>
      automaton.canBegin(text, position),
    );
  }

  /** Made at the first use: many patterns of a rule set never see an input. */
  #automaton(): LazyAutomaton {
    this.#lazyAutomaton ??= new LazyAutomaton(this.#relaxed, this.#memory);
    return this.#lazyAutomaton;
  }
}
