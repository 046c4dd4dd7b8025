import { byteAt, isBlank, isLetter, isQuote, skipBlanks } from './bytes.ts';

export interface Attribute {
  /** Lower-cased. */
  readonly name: string;
  readonly value: string;
}

export interface Tag {
  /** Lower-cased, without a namespace prefix: `x:script` is `script`. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** First byte behind what was read. */
  readonly end: number;
}

const NAME_BYTES_MAX = 64;
const ATTRIBUTES_MAX = 256;

/** Whether a tag, a declaration or an instruction begins here, as the data state of HTML decides it. */
export function opensTag(input: string, position: number): boolean {
  return byteAt(input, position) === 60 && isLetter(byteAt(input, position + 1));
}

/**
 * Reads an opening tag at `<`. Where another tag begins, also inside a quoted value, reading stops:
 * the caller goes on there, so every byte is read once, and quotes that were meant to hide are seen through.
 */
export function readTag(input: string, start: number): Tag {
  let position = start + 1;
  while (position < input.length && !endsName(input, position)) position++;
  const name = localName(
    input.slice(start + 1, Math.min(position, start + 1 + NAME_BYTES_MAX)).toLowerCase(),
  );
  const attributes: Attribute[] = [];
  while (position < input.length) {
    position = skipSeparators(input, position);
    if (byteAt(input, position) === 62) return { name, attributes, end: position + 1 };
    if (position >= input.length || opensTag(input, position)) break;
    const nameStart = position;
    position++;
    while (position < input.length && !endsAttributeName(input, position)) position++;
    const attribute = input
      .slice(nameStart, Math.min(position, nameStart + NAME_BYTES_MAX))
      .toLowerCase();
    const equals = skipBlanks(input, position);
    if (byteAt(input, equals) !== 61) {
      if (attributes.length < ATTRIBUTES_MAX) attributes.push({ name: attribute, value: '' });
      continue;
    }
    const value = readValue(input, skipBlanks(input, equals + 1));
    position = value.end;
    attributes.push({ name: attribute, value: value.text });
  }
  return { name, attributes, end: position };
}

function readValue(input: string, start: number): { text: string; end: number } {
  const quote = byteAt(input, start);
  if (!isQuote(quote)) {
    let end = start;
    while (
      end < input.length &&
      byteAt(input, end) !== 62 &&
      !isBlank(byteAt(input, end)) &&
      !opensTag(input, end)
    )
      end++;
    return { text: input.slice(start, end), end };
  }
  let end = start + 1;
  while (end < input.length && byteAt(input, end) !== quote && !opensTag(input, end)) end++;
  return { text: input.slice(start + 1, end), end: byteAt(input, end) === quote ? end + 1 : end };
}

/** Blanks, slashes and stray quotes between attributes. */
function skipSeparators(input: string, position: number): number {
  for (;;) {
    const byte = byteAt(input, position);
    if (!isBlank(byte) && byte !== 47 && !isQuote(byte)) return position;
    position++;
  }
}

function endsName(input: string, position: number): boolean {
  const byte = byteAt(input, position);
  return isBlank(byte) || byte === 47 || byte === 62 || byte === 60 || isQuote(byte);
}

function endsAttributeName(input: string, position: number): boolean {
  const byte = byteAt(input, position);
  return (
    isBlank(byte) ||
    byte === 47 ||
    byte === 61 ||
    byte === 62 ||
    isQuote(byte) ||
    opensTag(input, position)
  );
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
