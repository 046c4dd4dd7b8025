import type { Budget } from '../../regex/regex.ts';
import type { Boundary, Quoting } from './boundary.ts';
import { byteAt, isSpaceAt } from './bytes.ts';
import { Reading } from './reading.ts';
import { SqlLexer } from './sqlLexer.ts';
import { readBareStatement } from './statement.ts';
import { LOGIC, SET_OPERATION } from './vocabulary.ts';
import { judge } from './verdict.ts';
import { VisitedPositions } from './visitedPositions.ts';

const HIDDEN_KEYWORD_TOKENS_MAX = 16;

/**
 * Whether a value would change the structure of an SQL query it is pasted into.
 *
 * The value is read as SQL from every place where it could leave the application's own text: from its
 * first byte, as after a number, and behind each single quote, double quote and backtick. A reading
 * must be an expression that goes on; what it proves decides. See docs/how-detection-decides.md.
 *
 * @param input latin1 byte string
 * @param budget one step is subtracted per byte and token read; below zero the answer is null and the
 *   caller must fail closed
 * @returns context and reason, such as `single:union-select`, or null
 */
export function detectSqli(input: string, budget: Budget): string | null {
  const value = trimEnd(input);
  const lexer = new SqlLexer(value, budget);
  const visits = new VisitedPositions(value.length);
  const raw = detectRaw(lexer, visits, budget);
  if (raw !== null || budget.left < 0) return budget.left < 0 ? null : raw;

  const seen = new Map<Quoting, number>();
  budget.left -= value.length;
  for (let position = 0; position < value.length && budget.left >= 0; position++) {
    const quoting = quotingOf(value.charCodeAt(position));
    if (quoting === null) continue;
    const count = (seen.get(quoting) ?? 0) + 1;
    seen.set(quoting, count);
    if (visits.closedAt(position + 1) || quotingOf(value.charCodeAt(position + 1)) !== null)
      continue;
    const boundary = boundaryAt(value, position, quoting, count);
    const reason = judge(new Reading(lexer, boundary, budget, visits).run(), boundary);
    if (reason !== null && budget.left >= 0) return `${quoting}:${reason}`;
  }
  return null;
}

function quotingOf(byte: number): Quoting | null {
  switch (byte) {
    case 39:
      return 'single';
    case 34:
      return 'double';
    case 96:
      return 'backtick';
    default:
      return null;
  }
}

function boundaryAt(value: string, position: number, quoting: Quoting, count: number): Boundary {
  const glued = count === 1 && (position === 0 || !isSpaceAt(value, position - 1));
  return { quoting, position: position + 1, odd: count % 2 === 1, glued };
}

function detectRaw(lexer: SqlLexer, visits: VisitedPositions, budget: Budget): string | null {
  const boundary: Boundary = { quoting: 'raw', position: 0, odd: true, glued: false };
  lexer.position = 0;
  const statement = readBareStatement(lexer);
  if (statement !== null) return `raw:${statement}`;
  const reason = judge(new Reading(lexer, boundary, budget, visits).run(), boundary);
  if (reason !== null) return `raw:${reason}`;
  return lexer.input.includes('/*') && hidesKeyword(lexer) ? 'raw:nested-comment' : null;
}

/** A comment inside a comment exists to confuse readers; with a keyword behind it, it hides SQL. */
function hidesKeyword(lexer: SqlLexer): boolean {
  for (let i = 0; i < HIDDEN_KEYWORD_TOKENS_MAX; i++) {
    const token = lexer.next();
    if (token.kind === 'end' || token.kind === 'comment') return false;
    if (token.kind === 'word' && lexer.sawNestedComment && isKeyword(token.text)) return true;
  }
  return false;
}

function isKeyword(word: string): boolean {
  return LOGIC.has(word) || SET_OPERATION.has(word) || word === 'select';
}

function trimEnd(value: string): string {
  let end = value.length;
  while (end > 0 && (isSpaceAt(value, end - 1) || byteAt(value, end - 1) === 0)) end--;
  return end === value.length ? value : value.slice(0, end);
}
