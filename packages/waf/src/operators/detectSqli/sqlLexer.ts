import type { Budget } from '../../regex/regex.ts';
import { byteAt, isDigit, isSpaceAt, isWordPart, isWordStart } from './bytes.ts';
import { ForwardSearch } from './forwardSearch.ts';
import type { SqlToken, SqlTokenKind } from './sqlToken.ts';

const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKTICK = 96;
const BACKSLASH = 92;

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
  /** An inline comment that itself holds an opening of a comment: no client writes that, evasions do. */
  sawNestedComment = false;
  readonly #budget: Budget;
  readonly #searches = new Map<string, ForwardSearch>();

  constructor(input: string, budget: Budget) {
    this.input = input;
    this.#budget = budget;
  }

  next(): SqlToken {
    const before = this.position;
    const comment = this.#skipBlank();
    const token = comment ?? this.#read(this.position);
    this.position = token.end;
    const searched = token.kind === 'string' || token.kind === 'comment';
    this.#budget.left -= searched ? 1 : token.end - before + 1;
    return token;
  }

  /** Whether a quoted string comes next; asked before reading it where no string can stand. */
  standsBeforeString(): boolean {
    while (isSpaceAt(this.input, this.position)) {
      this.position++;
      this.#budget.left--;
    }
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
    }
    return this.#operator(start);
  }

  #token(kind: SqlTokenKind, start: number, end: number, closed = true, text?: string): SqlToken {
    return { kind, start, end, closed, text: text ?? this.input.slice(start, end).toLowerCase() };
  }

  /** Skip white space and comments that act like it; a comment that ends the statement is a token. */
  #skipBlank(): SqlToken | null {
    const input = this.input;
    for (;;) {
      while (isSpaceAt(input, this.position)) this.position++;
      const at = this.position;
      const byte = byteAt(input, at);
      if (byte === 35 || (byte === 45 && byteAt(input, at + 1) === 45)) {
        const lineEnd = this.#find('\n', at);
        if (lineEnd < 0) return this.#comment(at, byte === 35 ? 1 : 2);
        this.position = lineEnd + 1;
        continue;
      }
      if (byte === 47 && byteAt(input, at + 1) === 42) {
        if (byteAt(input, at + 2) === 33) {
          this.#skipExecutableOpening(at + 3);
          continue;
        }
        const close = this.#find('*/', at + 2);
        if (close < 0) return this.#comment(at, 2);
        const nested = this.#find('/*', at + 1);
        if (nested >= 0 && nested < close) this.sawNestedComment = true;
        this.position = close + 2;
        continue;
      }
      if (byte === 42 && byteAt(input, at + 1) === 47) {
        this.position = at + 2;
        continue;
      }
      return null;
    }
  }

  /** The text of an executable MySQL comment is code: only its opening and version are skipped. */
  #skipExecutableOpening(at: number): void {
    let end = at;
    while (end < at + 6 && isDigit(byteAt(this.input, end))) end++;
    this.position = end;
  }

  #comment(start: number, openingLength: number): SqlToken {
    const from = start + openingLength;
    const text = this.input.slice(from, from + COMMENT_TEXT_MAX);
    return this.#token('comment', start, this.input.length, true, text);
  }

  #string(start: number, quoteAt: number, quote: number): SqlToken {
    const input = this.input;
    const mark = String.fromCharCode(quote);
    let from = quoteAt + 1;
    for (;;) {
      const end = this.#find(mark, from);
      if (end < 0)
        return this.#token('string', start, input.length, false, input.slice(quoteAt + 1));
      if (this.#isEscaped(end, quoteAt)) from = end + 1;
      else if (byteAt(input, end + 1) === quote) from = end + 2;
      else return this.#token('string', start, end + 1, true, input.slice(quoteAt + 1, end));
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
