import { MacroError } from '../request/macro.ts';
import { OperatorError } from '../operators/operator.ts';
import { OPERATORS, OPERATOR_NAMES } from '../operators/operators.ts';
import type { StateMemory } from '../regex/stateMemory.ts';
import { didYouMean } from './didYouMean.ts';
import { tokenError } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { RuleTest } from './rule.ts';

export interface OperatorSurroundings {
  readonly readData: (name: string) => string | null;
  readonly warn: (message: string) => void;
  readonly memory: StateMemory;
}

/** Parse and compile `@name argument`, `!@name argument` or a bare pattern, which means @rx. */
export function parseTest(token: Token, surroundings: OperatorSurroundings): RuleTest {
  const { text } = token;
  const isNegated = text.startsWith('!');
  const start = skipBlanks(text, isNegated ? 1 : 0);
  const isNamed = text[start] === '@';
  const nameEnd = isNamed ? endOfWord(text, start) : start;
  const name = isNamed ? text.slice(start + 1, nameEnd) : 'rx';
  const argumentStart = isNamed ? skipBlanks(text, nameEnd) : start;
  const factory = OPERATORS.get(name.toLowerCase());
  if (factory === undefined) {
    throw tokenError(
      token,
      start,
      `unknown operator "@${name}"${didYouMean(
        `@${name}`,
        OPERATOR_NAMES.map((known) => `@${known}`),
      )}`,
    );
  }
  const argument = isNamed ? text.slice(argumentStart).trimEnd() : text.slice(argumentStart);
  try {
    return { name, argument, isNegated, operator: factory({ argument, ...surroundings }) };
  } catch (error) {
    if (error instanceof OperatorError || error instanceof MacroError) {
      throw tokenError(token, argumentStart + error.offset, error.message);
    }
    throw error;
  }
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ' ' && text[at] !== '\t') at++;
  return at;
}
