import { RequestBodyError } from '../requestBodyError.ts';

export interface XmlLimits {
  readonly depthMax: number;
  readonly argumentsMax: number;
}

/** An element with its decoded attributes; `text` is the character data of the element and all below it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly children: XmlElement[];
  text: string;
}

/**
 * Parse an XML document (XML 1.0) into elements. A document type declaration and any entity but the
 * five predefined ones and character references raise RequestBodyError, so nothing can be expanded
 * or fetched; so does text that is not well formed.
 */
export function parseXmlBody(text: string, limits: XmlLimits): XmlElement {
  return new XmlReader(text, limits).read();
}

const WHITESPACE = ' \t\r\n';
const NAME_END = ' \t\r\n=/><"\'&?!';
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

class XmlReader {
  readonly #text: string;
  readonly #limits: XmlLimits;
  readonly #open: XmlElement[] = [];
  #root: XmlElement | null = null;
  #count = 0;
  #at = 0;

  constructor(text: string, limits: XmlLimits) {
    this.#text = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
    this.#limits = limits;
  }

  read(): XmlElement {
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] === '<') this.#markup();
      else this.#characters();
    }
    if (this.#open.length > 0) throw this.#error('an element is never closed');
    if (this.#root === null) throw this.#error('no element');
    return this.#root;
  }

  #markup(): void {
    if (this.#skips('<!--', '-->') || this.#skips('<?', '?>')) return;
    if (this.#text.startsWith('<![CDATA[', this.#at)) this.#cdata();
    else if (this.#text.startsWith('<!', this.#at)) {
      throw this.#error('a document type declaration is not allowed');
    } else if (this.#text.startsWith('</', this.#at)) this.#closingTag();
    else this.#openingTag();
  }

  #skips(open: string, close: string): boolean {
    if (!this.#text.startsWith(open, this.#at)) return false;
    this.#at = this.#end(close, this.#at + open.length) + close.length;
    return true;
  }

  #cdata(): void {
    const start = this.#at + '<![CDATA['.length;
    const end = this.#end(']]>', start);
    this.#addText(this.#text.slice(start, end));
    this.#at = end + 3;
  }

  #end(mark: string, from: number): number {
    const end = this.#text.indexOf(mark, from);
    if (end === -1) throw this.#error(`${mark} is missing`);
    return end;
  }

  #characters(): void {
    let end = this.#text.indexOf('<', this.#at);
    if (end === -1) end = this.#text.length;
    this.#addText(this.#decode(this.#text.slice(this.#at, end)));
    this.#at = end;
  }

  #addText(text: string): void {
    const current = this.#open.at(-1);
    if (current !== undefined) current.text += text;
    else if (text.trim() !== '') throw this.#error('text outside the root element');
  }

  #openingTag(): void {
    this.#at++;
    const name = this.#name();
    const attributes: { name: string; value: string }[] = [];
    for (;;) {
      const spaced = this.#skipWhitespace();
      const character = this.#text[this.#at];
      if (character === '>' || character === '/') break;
      if (!spaced) throw this.#error('a space is missing before an attribute');
      const attribute = this.#attribute();
      if (attributes.some((other) => other.name === attribute.name)) {
        throw this.#error('duplicate attribute');
      }
      attributes.push(attribute);
      this.#countOne();
    }
    this.#openElement({ name, attributes, children: [], text: '' });
    if (this.#text[this.#at] === '/') {
      this.#at++;
      this.#closeElement();
    }
    if (this.#text[this.#at++] !== '>') throw this.#error('> is missing');
  }

  #openElement(element: XmlElement): void {
    this.#countOne();
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (this.#root !== null) throw this.#error('two root elements');
    else this.#root = element;
    if (this.#open.length >= this.#limits.depthMax) throw this.#error('nested too deeply');
    this.#open.push(element);
  }

  #closingTag(): void {
    this.#at += 2;
    const name = this.#name();
    this.#skipWhitespace();
    if (this.#text[this.#at++] !== '>') throw this.#error('> is missing');
    if (this.#open.at(-1)?.name !== name) throw this.#error('a closing tag does not match');
    this.#closeElement();
  }

  #closeElement(): void {
    const closed = this.#open.pop();
    const parent = this.#open.at(-1);
    if (closed !== undefined && parent !== undefined) parent.text += closed.text;
  }

  #attribute(): { name: string; value: string } {
    const name = this.#name();
    this.#skipWhitespace();
    if (this.#text[this.#at++] !== '=') throw this.#error('= is missing');
    this.#skipWhitespace();
    const quote = this.#text[this.#at++];
    if (quote !== '"' && quote !== "'") throw this.#error('an attribute value needs quotes');
    const end = this.#end(quote, this.#at);
    const value = this.#text.slice(this.#at, end);
    if (value.includes('<')) throw this.#error('< in an attribute value');
    this.#at = end + 1;
    return { name, value: this.#decode(value) };
  }

  #name(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !NAME_END.includes(this.#text.charAt(this.#at)))
      this.#at++;
    if (this.#at === start) throw this.#error('a name is missing');
    return this.#text.slice(start, this.#at);
  }

  #skipWhitespace(): boolean {
    const start = this.#at;
    while (this.#at < this.#text.length && WHITESPACE.includes(this.#text.charAt(this.#at)))
      this.#at++;
    return this.#at > start;
  }

  #decode(text: string): string {
    if (!text.includes('&')) return text;
    const [head = '', ...parts] = text.split('&');
    return parts.reduce((decoded, part) => {
      const end = part.indexOf(';');
      if (end === -1) throw this.#error('an entity is never closed');
      return decoded + this.#entity(part.slice(0, end)) + part.slice(end + 1);
    }, head);
  }

  #entity(name: string): string {
    const named = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (named !== undefined) return named;
    const code = characterReference(name);
    if (code === null) throw this.#error('an entity that is not predefined');
    const bytes = new TextEncoder().encode(String.fromCodePoint(code));
    return String.fromCharCode(...bytes);
  }

  #countOne(): void {
    if (++this.#count > this.#limits.argumentsMax) throw this.#error('too many elements');
  }

  #error(reason: string): RequestBodyError {
    return new RequestBodyError(`XML parsing error: ${reason} at byte ${this.#at}`);
  }
}

function characterReference(name: string): number | null {
  if (!name.startsWith('#')) return null;
  const hexadecimal = name[1] === 'x' || name[1] === 'X';
  const digits = name.slice(hexadecimal ? 2 : 1);
  const allowed = hexadecimal ? '0123456789abcdefABCDEF' : '0123456789';
  const wellFormed =
    digits !== '' && digits.length <= 8 && [...digits].every((d) => allowed.includes(d));
  const code = wellFormed ? Number.parseInt(digits, hexadecimal ? 16 : 10) : -1;
  return code > 0 && code <= 0x10ffff ? code : null;
}
