import { RequestBodyError } from '../requestBodyError.ts';
import type { MultipartFlags } from './multipartFlags.ts';

export interface ContentDisposition {
  readonly name: string;
  readonly filename: string | null;
}

const SEPARATORS = '()<>@,;:\\"/[]?=';

/**
 * Parse `form-data; name="a"; filename="b"` (RFC 7578, section 4.2). Accepts only what it
 * understands: another type, parameter or a repeated one raises RequestBodyError.
 */
export function parseContentDisposition(header: string, flags: MultipartFlags): ContentDisposition {
  const reader = new DispositionReader(header, flags);
  return reader.read();
}

class DispositionReader {
  readonly #text: string;
  readonly #flags: MultipartFlags;
  #at = 0;

  constructor(text: string, flags: MultipartFlags) {
    this.#text = text;
    this.#flags = flags;
  }

  read(): ContentDisposition {
    if (!this.#text.startsWith('form-data')) throw this.#error('type');
    this.#at = 'form-data'.length;
    const found = new Map<string, string>();
    while (this.#nextParameter()) {
      const name = this.#parameterName();
      if (name !== 'name' && name !== 'filename') throw this.#error('unknown parameter');
      if (found.has(name)) throw this.#error('duplicate parameter');
      found.set(name, this.#value());
    }
    const name = found.get('name');
    if (name === undefined || name === '') throw this.#error('no name');
    return { name, filename: found.get('filename') ?? null };
  }

  #nextParameter(): boolean {
    this.#skipBlanks();
    if (this.#at >= this.#text.length) return false;
    if (this.#text[this.#at] !== ';') {
      const previous = this.#text[this.#at - 1];
      if (previous === '"' || previous === "'") this.#flags.invalidQuoting = true;
      throw this.#error('a semicolon is missing');
    }
    this.#at++;
    this.#skipBlanks();
    if (this.#at >= this.#text.length) throw this.#error('nothing after a semicolon');
    return true;
  }

  #parameterName(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !'=\t '.includes(this.#text.charAt(this.#at)))
      this.#at++;
    const name = this.#text.slice(start, this.#at);
    this.#skipBlanks();
    if (this.#text[this.#at++] !== '=') throw this.#error('an equals sign is missing');
    this.#skipBlanks();
    return name;
  }

  #value(): string {
    const quote = this.#text[this.#at];
    const value = quote === '"' || quote === "'" ? this.#quoted(quote) : this.#tokenValue();
    if (quote === "'" || value.includes("'")) this.#flags.invalidQuoting = true;
    return value;
  }

  #quoted(quote: string): string {
    let value = '';
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === quote) {
        this.#at++;
        return value;
      }
      const next = this.#text[this.#at + 1];
      if (character === '\\' && (next === quote || next === '\\'))
        value += this.#text.charAt(++this.#at);
      else value += character;
    }
    throw this.#error('a quote is never closed');
  }

  #tokenValue(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && isTokenCharacter(this.#text.charAt(this.#at)))
      this.#at++;
    if (this.#at === start) throw this.#error('no value');
    return this.#text.slice(start, this.#at);
  }

  #skipBlanks(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
  }

  #error(reason: string): RequestBodyError {
    return new RequestBodyError(
      `Multipart parsing error: Multipart: Invalid Content-Disposition header (${reason}): ${this.#text}`,
    );
  }
}

function isTokenCharacter(character: string): boolean {
  return character > ' ' && character < '\x7f' && !SEPARATORS.includes(character);
}
