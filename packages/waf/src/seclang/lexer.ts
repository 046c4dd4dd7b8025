import { syntaxErrorAt } from './source.ts';
import type { RuleSource } from './source.ts';
import type { RuleSyntaxError } from './ruleSyntaxError.ts';

/** One word of a directive, quotes removed and continued lines joined. */
export interface Token {
  readonly source: RuleSource;
  /** Offset of the first character of `text` in the source. */
  readonly start: number;
  /** The line of `start`, from 1. */
  readonly line: number;
  readonly text: string;
  readonly quote: '"' | "'" | '';
}

/** A directive with its arguments: `SecRule ARGS "@rx x" "id:1"`. */
export interface DirectiveLine {
  readonly name: Token;
  readonly words: readonly Token[];
}

/** Split rule text into directives. Comments are dropped; a backslash at the end of a line joins it to the next. */
export function lexDirectives(source: RuleSource): DirectiveLine[] {
  const lexer = new Lexer(source);
  const lines: DirectiveLine[] = [];
  for (;;) {
    const words = lexer.nextLine();
    if (words === null) return lines;
    const [name, ...rest] = words;
    if (name !== undefined) lines.push({ name, words: rest });
  }
}

/** The error at a character of a token, counted in the token's text. */
export function tokenError(token: Token, index: number, reason: string): RuleSyntaxError {
  return syntaxErrorAt(token.source, sourceOffset(token, index), reason);
}

class Lexer {
  readonly #source: RuleSource;
  readonly #text: string;
  #at = 0;
  #line = 1;
  /** Up to where the line ends are counted. */
  #counted = 0;

  constructor(source: RuleSource) {
    this.#source = source;
    this.#text = source.text;
  }

  /** The words of the next line that is not a comment; null at the end. */
  nextLine(): Token[] | null {
    const words: Token[] = [];
    for (;;) {
      this.#skipBlanks();
      const character = this.#text[this.#at];
      if (character === undefined) return words.length === 0 ? null : words;
      if (character === '\n') {
        this.#at++;
        return words;
      }
      if (character === '#' && words.length === 0) this.#skipComment();
      else words.push(this.#word(character));
    }
  }

  #skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === ' ' || character === '\t' || character === '\r') this.#at++;
      else if (continuationLength(this.#text, this.#at) > 0)
        this.#at += continuationLength(this.#text, this.#at);
      else return;
    }
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  #word(first: string): Token {
    const quote = first === '"' || first === "'" ? first : '';
    const start = quote === '' ? this.#at : this.#at + 1;
    let text = '';
    let at = start;
    for (;;) {
      const step = nextCharacter(this.#text, at, quote);
      if (step === null) break;
      text += step.text;
      at += step.length;
    }
    if (quote !== '') {
      if (this.#text[at] !== quote)
        throw syntaxErrorAt(
          this.#source,
          this.#at,
          `a quote ${quote} that is opened here is never closed`,
        );
      at++;
    }
    this.#at = at;
    return { source: this.#source, start, line: this.#lineOf(start), text, quote };
  }

  #lineOf(offset: number): number {
    for (;;) {
      const end = this.#text.indexOf('\n', this.#counted);
      if (end === -1 || end >= offset) return this.#line;
      this.#counted = end + 1;
      this.#line++;
    }
  }
}

interface Step {
  readonly text: string;
  readonly length: number;
}

/** The next character of a word, or null at its end. An escaped quote loses its backslash; nothing else does. */
function nextCharacter(text: string, at: number, quote: string): Step | null {
  const character = text[at];
  if (character === undefined) return null;
  const continued = continuationLength(text, at);
  if (continued > 0) return { text: '', length: continued };
  if (quote === '') {
    return ' \t\r\n'.includes(character) ? null : { text: character, length: 1 };
  }
  if (character === quote) return null;
  if (character === '\\') {
    if (text[at + 1] === quote) return { text: quote, length: 2 };
    if (text[at + 1] === '\\') return { text: '\\\\', length: 2 };
  }
  return { text: character, length: 1 };
}

function continuationLength(text: string, at: number): number {
  if (text[at] !== '\\') return 0;
  if (text[at + 1] === '\n') return 2;
  return text[at + 1] === '\r' && text[at + 2] === '\n' ? 3 : 0;
}

function sourceOffset(token: Token, index: number): number {
  const text = token.source.text;
  let at = token.start;
  let count = 0;
  while (count < index) {
    const step = nextCharacter(text, at, token.quote);
    if (step === null) break;
    count += step.text.length;
    at += step.length;
  }
  return at;
}
