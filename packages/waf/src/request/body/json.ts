import { Entry } from '../entry.ts';
import { hexValue } from '../urlDecode.ts';
import { RequestBodyError } from '../requestBodyError.ts';

export interface JsonLimits {
  /** Deepest nesting of objects and arrays. */
  readonly depthMax: number;
  /** Most scalar values and most object keys. */
  readonly argumentsMax: number;
}

/**
 * Flatten a JSON text (RFC 8259) into arguments named `json.a.0.b`. Strings are decoded to UTF-8
 * bytes, numbers and booleans keep their text, null is empty.
 *
 * Tolerates nothing: trailing data, duplicate keys, control characters in strings, depth or count
 * over the limits raise RequestBodyError.
 */
export function parseJsonBody(text: string, variable: string, limits: JsonLimits): Entry[] {
  return new JsonReader(text, variable, limits).read();
}

const WHITESPACE = ' \t\n\r';

class JsonReader {
  readonly #text: string;
  readonly #variable: string;
  readonly #limits: JsonLimits;
  readonly #entries: Entry[] = [];
  #at = 0;
  #keys = 0;

  constructor(text: string, variable: string, limits: JsonLimits) {
    this.#text = text;
    this.#variable = variable;
    this.#limits = limits;
  }

  read(): Entry[] {
    this.#skipWhitespace();
    this.#value('json', 0);
    this.#skipWhitespace();
    if (this.#at < this.#text.length) throw this.#error('data after the value');
    return this.#entries;
  }

  #value(name: string, depth: number): void {
    const character = this.#text[this.#at];
    if (character === '{') this.#object(name, depth + 1);
    else if (character === '[') this.#array(name, depth + 1);
    else if (character === '"') this.#add(name, this.#string());
    else this.#add(name, this.#literalOrNumber());
  }

  #object(name: string, depth: number): void {
    this.#enter(depth);
    if (this.#closes('}')) return;
    const seen = new Set<string>();
    do {
      this.#skipWhitespace();
      if (this.#text[this.#at] !== '"') throw this.#error('a key must be a string');
      const key = this.#string();
      if (seen.has(key)) throw this.#error('duplicate key');
      seen.add(key);
      if (++this.#keys > this.#limits.argumentsMax) throw this.#error('too many keys');
      this.#skipWhitespace();
      if (this.#text[this.#at++] !== ':') throw this.#error('a colon is missing');
      this.#skipWhitespace();
      this.#value(`${name}.${key}`, depth);
    } while (this.#continues('}'));
  }

  #array(name: string, depth: number): void {
    this.#enter(depth);
    if (this.#closes(']')) return;
    let index = 0;
    do {
      this.#skipWhitespace();
      this.#value(`${name}.${index++}`, depth);
    } while (this.#continues(']'));
  }

  #enter(depth: number): void {
    if (depth > this.#limits.depthMax) throw this.#error('nested too deeply');
    this.#at++;
    this.#skipWhitespace();
  }

  #closes(bracket: string): boolean {
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    return true;
  }

  #continues(bracket: string): boolean {
    this.#skipWhitespace();
    const character = this.#text[this.#at++];
    if (character === ',') return true;
    if (character === bracket) return false;
    throw this.#error('a comma or a closing bracket is missing');
  }

  #string(): string {
    const text = this.#text;
    let copied = ++this.#at;
    let value = '';
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x22) {
        value += text.slice(copied, this.#at++);
        return value;
      }
      if (code < 0x20) throw this.#error('a control character in a string');
      if (code === 0x5c) {
        value += text.slice(copied, this.#at) + this.#escape();
        copied = this.#at + 1;
      }
    }
    throw this.#error('a string is never closed');
  }

  /** Decode the escape at the cursor and leave the cursor on its last character. */
  #escape(): string {
    const letter = this.#text[++this.#at] ?? '';
    if (letter === 'u') return this.#unicodeEscape();
    const index = '"\\/bfnrt'.indexOf(letter);
    if (letter === '' || index === -1) throw this.#error('an unknown escape');
    return '"\\/\b\f\n\r\t'.charAt(index);
  }

  #unicodeEscape(): string {
    const unit = this.#fourDigits(this.#at + 1);
    this.#at += 4;
    const isHigh = unit >= 0xd800 && unit <= 0xdbff;
    if (isHigh && this.#text.startsWith('\\u', this.#at + 1)) {
      const low = this.#fourDigits(this.#at + 3);
      if (low >= 0xdc00 && low <= 0xdfff) {
        this.#at += 6;
        return utf8Bytes(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
      }
    }
    return utf8Bytes(unit);
  }

  #fourDigits(from: number): number {
    let value = 0;
    for (let at = from; at < from + 4; at++) {
      const digit = hexValue(this.#text.charCodeAt(at));
      if (digit < 0) throw this.#error('an escape needs four hexadecimal digits');
      value = value * 16 + digit;
    }
    return value;
  }

  #literalOrNumber(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !isDelimiter(this.#text.charAt(this.#at))) this.#at++;
    const word = this.#text.slice(start, this.#at);
    if (word === 'null') return '';
    if (word === 'true' || word === 'false' || isJsonNumber(word)) return word;
    throw this.#error('not a value');
  }

  #add(name: string, value: string): void {
    if (this.#entries.length >= this.#limits.argumentsMax) throw this.#error('too many values');
    this.#entries.push(new Entry(this.#variable, name, value));
  }

  #skipWhitespace(): void {
    while (this.#at < this.#text.length && WHITESPACE.includes(this.#text.charAt(this.#at)))
      this.#at++;
  }

  #error(reason: string): RequestBodyError {
    return new RequestBodyError(`JSON parsing error: ${reason} at byte ${this.#at}`);
  }
}

function isDelimiter(character: string): boolean {
  return ',]}'.includes(character) || WHITESPACE.includes(character);
}

function isJsonNumber(word: string): boolean {
  let at = word[0] === '-' ? 1 : 0;
  const digits = (): boolean => {
    const start = at;
    while (isDigit(word.charCodeAt(at))) at++;
    return at > start;
  };
  if (word[at] === '0') at++;
  else if (!digits()) return false;
  if (word[at] === '.') {
    at++;
    if (!digits()) return false;
  }
  if (word[at] === 'e' || word[at] === 'E') {
    at++;
    if (word[at] === '+' || word[at] === '-') at++;
    if (!digits()) return false;
  }
  return at === word.length;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function utf8Bytes(codePoint: number): string {
  if (codePoint < 0x80) return String.fromCharCode(codePoint);
  const tail = (shift: number): number => 0x80 | ((codePoint >> shift) & 0x3f);
  if (codePoint < 0x800) return String.fromCharCode(0xc0 | (codePoint >> 6), tail(0));
  if (codePoint < 0x10000) {
    return String.fromCharCode(0xe0 | (codePoint >> 12), tail(6), tail(0));
  }
  return String.fromCharCode(0xf0 | (codePoint >> 18), tail(12), tail(6), tail(0));
}
