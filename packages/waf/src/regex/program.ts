import type { SymbolSet } from './symbolSet.ts';

/** Operations of the automaton. */
export const BYTE = 0;
export const NEXT = 1;
export const PREVIOUS = 2;
export const SPLIT = 3;
export const SAVE = 4;
export const LOOK = 5;
export const BACKREFERENCE = 6;
export const MATCH = 7;

/** A look-around. */
export interface LookProgram {
  readonly ahead: boolean;
  readonly negative: boolean;
  /** The body; of a look-ahead it reads backwards, unless `hasBackreference`. */
  readonly program: Program;
  /** Depends on what a group holds, so it cannot be computed before the match. */
  readonly hasBackreference: boolean;
}

/**
 * A Thompson automaton, one instruction per index. `argument` is the set of BYTE, NEXT and
 * PREVIOUS, the slot of SAVE, the look of LOOK, the less preferred target of SPLIT, and for
 * BACKREFERENCE twice the group plus 1 when case is ignored.
 */
export interface Program {
  readonly size: number;
  readonly start: number;
  readonly operation: Uint8Array;
  readonly argument: Int32Array;
  readonly next: Int32Array;
  readonly sets: readonly SymbolSet[];
  readonly looks: readonly LookProgram[];
  /** Capture slots: two for each group, the whole match first. */
  readonly slots: number;
  /**
   * Copies of one place in the optional part of `x{n,m}`: instructions of equal non-negative
   * number, of which the higher one stands earlier and can do all that the lower one can.
   */
  readonly copyOf: Int32Array;
  readonly copyCount: number;
}
