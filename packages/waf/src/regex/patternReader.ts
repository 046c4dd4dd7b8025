import { RegexSyntaxError } from './regexSyntaxError.ts';

/** A cursor over the bytes of a pattern. */
export class PatternReader {
  readonly pattern: string;
  position = 0;
  /** Between `\Q` and `\E`, where every byte stands for itself. */
  quoted = false;

  constructor(pattern: string) {
    for (let i = 0; i < pattern.length; i++) {
      if (pattern.charCodeAt(i) > 0xff) {
        throw new RegexSyntaxError('character above 0xff (a pattern is a string of bytes)', i);
      }
    }
    this.pattern = pattern;
  }

  get atEnd(): boolean {
    return this.position >= this.pattern.length;
  }

  /** The character here, or the empty string at the end. */
  peek(): string {
    return this.pattern.charAt(this.position);
  }

  take(): string {
    return this.pattern.charAt(this.position++);
  }

  takeByte(): number {
    return this.pattern.charCodeAt(this.position++);
  }

  sees(text: string): boolean {
    return this.pattern.startsWith(text, this.position);
  }

  eat(text: string): boolean {
    if (!this.sees(text)) return false;
    this.position += text.length;
    return true;
  }

  /** The longest run from here of characters of `alphabet`, at most `lengthMax`. */
  takeWhile(alphabet: string, lengthMax = Infinity): string {
    const start = this.position;
    while (
      !this.atEnd &&
      this.position - start < lengthMax &&
      alphabet.includes(this.pattern.charAt(this.position))
    ) {
      this.position++;
    }
    return this.pattern.slice(start, this.position);
  }

  /** The text up to `end`, which is consumed too; null when it does not follow. */
  takeUntil(end: string): string | null {
    const at = this.pattern.indexOf(end, this.position);
    if (at < 0) return null;
    const text = this.pattern.slice(this.position, at);
    this.position = at + end.length;
    return text;
  }

  skipLine(): void {
    if (this.takeUntil('\n') === null) this.position = this.pattern.length;
  }

  /** Steps over `\Q` and `\E`, remembering which came last. */
  skipQuoteMarks(): void {
    for (;;) {
      if (this.eat('\\E')) this.quoted = false;
      else if (!this.quoted && this.eat('\\Q')) this.quoted = true;
      else return;
    }
  }

  fail(problem: string, offset = this.position): never {
    throw new RegexSyntaxError(problem, offset);
  }
}
