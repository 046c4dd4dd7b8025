import type { Quoting } from './boundary.ts';
import type { SqlToken } from './sqlToken.ts';
import { LITERAL_WORD } from './vocabulary.ts';

/** What stands where SQL expects a value. */
export interface Operand {
  readonly kind: 'literal' | 'column' | 'call' | 'group';
  readonly text: string;
}

/** The operand a single token is, or null when it cannot be one. */
export function operandOf(token: SqlToken): Operand | null {
  switch (token.kind) {
    case 'number':
    case 'string':
    case 'variable':
      return { kind: 'literal', text: token.text };
    case 'word':
      return { kind: LITERAL_WORD.has(token.text) ? 'literal' : 'column', text: token.text };
    default:
      return null;
  }
}

/**
 * A comparison whose outcome the sender knows in advance: of two literals, or of a thing with itself.
 * Outside quotes `"A" or "B" = "C"` is how people write; there, literals must be numbers or equal.
 */
export function isForegone(left: Operand, right: Operand, quoting: Quoting): boolean {
  if (left.kind !== right.kind) return false;
  if (left.text === right.text) return left.kind === 'literal' || left.kind === 'column';
  if (left.kind !== 'literal') return false;
  return quoting !== 'raw' || (isNumeric(left.text) && isNumeric(right.text));
}

function isNumeric(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || LITERAL_WORD.has(text);
}
