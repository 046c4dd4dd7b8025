import type { Budget } from '../regex/regex.ts';
import { expandMacro, parseMacro } from '../request/macro.ts';
import type { Macro } from '../request/macro.ts';
import type { StateMemory } from '../regex/stateMemory.ts';
import type { VariableStore } from '../request/variableStore.ts';

/** What an operator may use while it runs. */
export interface OperatorContext {
  readonly store: VariableStore;
  readonly budget: Budget;
  /** True when the rule has `capture`. */
  readonly wantsCapture: boolean;
  /** Set TX:0 to TX:9. */
  capture(groups: Captures | DeferredCaptures): void;
}

/** What a match and its groups stand for; a group that took no part is undefined. */
export type Captures = readonly (string | undefined)[];

/**
 * Captures that are found when one is first read, since finding them costs far more than telling
 * that there is a match, and most are never read. Empty ones when the work allowance is spent.
 */
export interface DeferredCaptures {
  /** Groups, the whole match among them. */
  readonly count: number;
  find(): Captures;
}

/** A test on one value. `evaluate` never throws and takes time linear in its input. */
export interface Operator {
  evaluate(input: string, context: OperatorContext): boolean;
  /**
   * Lower-case texts of which at least one stands, without regard to case, in every input that
   * matches; null when nothing can be said.
   */
  readonly required?: readonly string[] | null;
  /** Bytes of which at least one stands in every input that matches; null when nothing can be said. */
  readonly requiredBytes?: Uint8Array | null;
  /** A pattern that matches every input that the operator matches; null when there is none of use. */
  readonly necessary?: string | null;
  /** The argument, where it holds macros. */
  readonly macro?: Macro;
  /** True when the result depends on the input alone, so that it may be kept. */
  readonly isPure: boolean;
}

/** What an operator is compiled from; its function may throw OperatorError. */
export interface OperatorInput {
  readonly argument: string;
  /** The text of a data file that the rules name, or null when there is none. */
  readonly readData: (name: string) => string | null;
  /** Record something the user should know that does not refuse the rules. */
  readonly warn: (message: string) => void;
  /** For the states of patterns; operators of one rule set share it. */
  readonly memory: StateMemory;
}

export type OperatorFactory = (input: OperatorInput) => Operator;

/** An argument that an operator refuses; `offset` counts in the argument. */
export class OperatorError extends Error {
  readonly offset: number;

  constructor(message: string, offset = 0) {
    super(message);
    this.name = 'OperatorError';
    this.offset = offset;
  }
}

/** An operator that compares with an argument that may hold macros. */
export function comparison(
  argument: string,
  test: (input: string, argument: string) => boolean,
): Operator {
  const macro = parseMacro(argument);
  const { constant } = macro;
  if (constant !== null) {
    return { isPure: true, evaluate: (input) => test(input, constant) };
  }
  return {
    isPure: false,
    macro,
    evaluate: (input, { store }) => test(input, expandMacro(macro, store)),
  };
}

/** An operator that compares numbers; text that is no number counts as 0. */
export function numericComparison(
  argument: string,
  test: (input: number, argument: number) => boolean,
): Operator {
  return comparison(argument, (input, expected) => test(toInteger(input), toInteger(expected)));
}

/** The integer at the start of a text, as C's atoi() reads it. */
export function toInteger(text: string): number {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? 0 : value;
}
