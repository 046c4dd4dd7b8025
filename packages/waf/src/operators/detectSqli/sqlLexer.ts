import type { Budget } from '../../regex/regex.ts';
import { byteAt, isDigit, isSpaceAt, isWordPart, isWordStart } from './bytes.ts';
import { ForwardSearch } from './forwardSearch.ts';
import { SqlBlanks } from './sqlBlanks.ts';
import type { SqlToken, SqlTokenKind } from './sqlToken.ts';

const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKTICK = 96;
const BACKSLASH = 92;
const HASH = 35;
const DASH = 45;
const SLASH = 47;
const STAR = 42;

const LONG_OPERATORS = [
  '<=>',
  '->>',
  '!~*',
  '<>',
  '!=',
  '<=',
  '>=',
  '==',
  '||',
  '&&',
  ':=',
  '::',
  '<<',
  '>>',
  '->',
  '=~',
  '!~',
  '~*',
  '@>',
];
const OPERATOR_SECOND = '=<>|&:*~-';
const OPERATOR_BYTES = '=<>+-*/%^|&!~\\';
const COMMENT_TEXT_MAX = 64;

/**
 * SQL tokens of one input from any start position, in the union of the dialects: MySQL's `#` and
 * executable comments, ANSI comments, PostgreSQL's dollar quotes, SQL Server's brackets.
 * Searches for the end of strings and comments are remembered, so that many starts stay linear.
 */
export class SqlLexer {
  readonly input: string;
  position = 0;
  readonly #budget: Budget;
  readonly #blanks: SqlBlanks;
  readonly #searches = new Map<string, ForwardSearch>();
  readonly #closings = new Map<number, { readonly from: number; readonly end: number }>();

  constructor(input: string, budget: Budget) {
    this.input = input;
    this.#budget = budget;
    this.#blanks = new SqlBlanks(input, budget);
  }

  next(): SqlToken {
    const start = this.#blanks.skip(this.position);
    const token = this.#openComment(start) ?? this.#read(start);
    this.position = token.end;
    const searched = token.kind === 'string' || token.kind === 'comment';
    this.#budget.left -= searched ? 1 : token.end - start + 1;
    return token;
  }

  get sawNestedComment(): boolean {
    return this.#blanks.sawNestedComment;
  }

  /** Whether a quoted string comes next; asked before reading it where no string can stand. */
  standsBeforeString(): boolean {
    this.position = this.#blanks.skip(this.position);
    const byte = byteAt(this.input, this.position);
    return byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE;
  }

  #read(start: number): SqlToken {
    const input = this.input;
    const byte = byteAt(input, start);
    if (byte < 0) return this.#token('end', start, start);
    if (byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE) return this.#string(start, start, byte);
    if (byte === BACKTICK) return this.#quotedName(start, '`');
    if (isDigit(byte) || (byte === 46 && isDigit(byteAt(input, start + 1))))
      return this.#number(start);
    if (isWordStart(byte)) return this.#word(start);
    switch (input[start]) {
      case '(':
        return this.#token('open', start, start + 1);
      case ')':
        return this.#token('close', start, start + 1);
      case ',':
        return this.#token('comma', start, start + 1);
      case ';':
        return this.#token('semicolon', start, start + 1);
      case '@':
        return this.#variable(start);
      case '[':
        return this.#quotedName(start, ']');
      case '$':
        return this.#dollar(start);
      default:
        return this.#operator(start);
    }
  }

  #token(kind: SqlTokenKind, start: number, end: number, closed = true, text?: string): SqlToken {
    return { kind, start, end, closed, text: text ?? this.input.slice(start, end).toLowerCase() };
  }

  /** The comment that begins here and that nothing ends, as `--` at the end of a value. */
  #openComment(at: number): SqlToken | null {
    const { input } = this;
    const byte = byteAt(input, at);
    const second = byteAt(input, at + 1);
    if (byte === HASH) return this.#comment(at, 1);
    if (byte === DASH && second === DASH) return this.#comment(at, 2);
    return byte === SLASH && second === STAR ? this.#comment(at, 2) : null;
  }

  #comment(start: number, openingLength: number): SqlToken {
    const from = start + openingLength;
    const text = this.input.slice(from, from + COMMENT_TEXT_MAX);
    return this.#token('comment', start, this.input.length, true, text);
  }

  #string(start: number, quoteAt: number, quote: number): SqlToken {
    const { input } = this;
    const end = this.#closingQuote(quoteAt, quote);
    if (end < 0) return this.#token('string', start, input.length, false, input.slice(quoteAt + 1));
    return this.#token('string', start, end + 1, true, input.slice(quoteAt + 1, end));
  }

  /**
   * The quote that closes a string, past escaped and doubled ones, or -1. Where an earlier search
   * passed by, its answer holds, except inside a run of quotes, whose pairs depend on the start.
   */
  #closingQuote(quoteAt: number, quote: number): number {
    const from = quoteAt + 1;
    const last = this.#closings.get(quote);
    const passed = last !== undefined && from >= last.from && (last.end < 0 || from <= last.end);
    if (passed && byteAt(this.input, from) !== quote) return last.end;
    const end = this.#searchClosingQuote(quoteAt, quote);
    this.#closings.set(quote, { from, end });
    return end;
  }

  #searchClosingQuote(quoteAt: number, quote: number): number {
    const mark = String.fromCharCode(quote);
    let from = quoteAt + 1;
    for (;;) {
      const end = this.#find(mark, from);
      this.#budget.left--;
      if (end < 0) return -1;
      if (this.#isEscaped(end, quoteAt)) from = end + 1;
      else if (byteAt(this.input, end + 1) === quote) from = end + 2;
      else return end;
    }
  }

  #isEscaped(at: number, floor: number): boolean {
    let backslashes = 0;
    for (let i = at - 1; i > floor && this.input.charCodeAt(i) === BACKSLASH; i--) backslashes++;
    return backslashes % 2 === 1;
  }

  #quotedName(start: number, mark: string): SqlToken {
    const end = this.#find(mark, start + 1);
    if (end < 0) return this.#token('other', start, start + 1);
    return this.#token(
      'word',
      start,
      end + 1,
      true,
      this.input.slice(start + 1, end).toLowerCase(),
    );
  }

  #dollar(start: number): SqlToken {
    if (byteAt(this.input, start + 1) !== 36) return this.#token('other', start, start + 1);
    const end = this.#find('$$', start + 2);
    if (end < 0) return this.#token('other', start, start + 2);
    return this.#token('string', start, end + 2, true, this.input.slice(start + 2, end));
  }

  #number(start: number): SqlToken {
    const input = this.input;
    let end = start;
    if (byteAt(input, start) === 48 && (byteAt(input, start + 1) | 32) === 120) {
      end = start + 2;
      while (isHex(byteAt(input, end))) end++;
      if (end > start + 2) return this.#token('number', start, end);
      end = start;
    }
    while (isDigit(byteAt(input, end))) end++;
    if (byteAt(input, end) === 46 && isWordPart(byteAt(input, end + 1))) end++;
    while (isDigit(byteAt(input, end))) end++;
    return this.#token('number', start, this.#exponentEnd(end));
  }

  #exponentEnd(at: number): number {
    if ((byteAt(this.input, at) | 32) !== 101) return at;
    let end = at + 1;
    const sign = byteAt(this.input, end);
    if (sign === 43 || sign === 45) end++;
    const digits = end;
    while (isDigit(byteAt(this.input, end))) end++;
    return end > digits ? end : at;
  }

  #word(start: number): SqlToken {
    const input = this.input;
    let end = start;
    for (;;) {
      while (isWordPart(byteAt(input, end)) || byteAt(input, end) === 36) {
        if (isSpaceAt(input, end)) break;
        end++;
      }
      if (byteAt(input, end) !== 46) break;
      const dots = byteAt(input, end + 1) === 46 ? 2 : 1;
      if (!isWordStart(byteAt(input, end + dots))) break;
      end += dots;
    }
    const next = byteAt(input, end);
    if (next === SINGLE_QUOTE && isStringPrefix(input, start, end))
      return this.#string(start, end, next);
    return this.#token('word', start, end);
  }

  #variable(start: number): SqlToken {
    let end = start + 1;
    while (byteAt(this.input, end) === 64) end++;
    const name = end;
    while (isWordPart(byteAt(this.input, end)) || byteAt(this.input, end) === 46) end++;
    if (end === name) return this.#token('other', start, end);
    return this.#token('variable', start, end);
  }

  #operator(start: number): SqlToken {
    if (OPERATOR_SECOND.includes(this.input[start + 1] ?? ' ')) {
      for (const operator of LONG_OPERATORS) {
        if (this.input.startsWith(operator, start)) {
          return this.#token('operator', start, start + operator.length);
        }
      }
    }
    const known = OPERATOR_BYTES.includes(this.input[start] ?? ' ');
    return this.#token(known ? 'operator' : 'other', start, start + 1);
  }

  #find(needle: string, from: number): number {
    let search = this.#searches.get(needle);
    if (search === undefined)
      this.#searches.set(needle, (search = new ForwardSearch(this.input, needle, this.#budget)));
    return search.find(from);
  }
}

function isHex(byte: number): boolean {
  const lower = byte | 32;
  return isDigit(byte) || (lower >= 97 && lower <= 102);
}

/** N'…', X'…', B'…', E'…' and MySQL's character set introducers such as _utf8'…'. */
function isStringPrefix(input: string, start: number, end: number): boolean {
  if (byteAt(input, start) === 95) return true;
  return end === start + 1 && 'nNxXbBeEqQ'.includes(input[start] ?? ' ');
}
