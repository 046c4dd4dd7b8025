import {
  BEGIN_TEXT,
  END_OR_FINAL_NEWLINE,
  END_TEXT,
  LINE_ENDING,
  NOT_WORD_BOUNDARY,
  WORD_BOUNDARY,
} from './assertions.ts';
import { DIGIT, HORIZONTAL_SPACE, NOT_NEWLINE, SPACE, VERTICAL_SPACE, WORD } from './namedSets.ts';
import type { PatternReader } from './patternReader.ts';
import { complement, type SymbolSet } from './symbolSet.ts';
import type { Node } from './tree.ts';

/** What a backslash sequence stands for. */
export type Escape =
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'set'; readonly set: SymbolSet }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'groupNumber'; readonly group: number }
  | { readonly kind: 'groupName'; readonly name: string };

const SETS: Readonly<Record<string, SymbolSet>> = {
  d: DIGIT,
  D: complement(DIGIT),
  h: HORIZONTAL_SPACE,
  H: complement(HORIZONTAL_SPACE),
  s: SPACE,
  S: complement(SPACE),
  v: VERTICAL_SPACE,
  V: complement(VERTICAL_SPACE),
  w: WORD,
  W: complement(WORD),
};

const NODES: Readonly<Record<string, Node>> = {
  A: BEGIN_TEXT,
  b: WORD_BOUNDARY,
  B: NOT_WORD_BOUNDARY,
  N: { kind: 'bytes', set: NOT_NEWLINE },
  R: LINE_ENDING,
  z: END_TEXT,
  Z: END_OR_FINAL_NEWLINE,
};

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };
const OCTAL = '01234567';
const HEX = '0123456789abcdefABCDEF';
const BACKSPACE = 8;

/**
 * Reads the sequence behind a backslash that is already consumed.
 * @param groups capture groups opened so far: decides whether `\12` is a reference or octal.
 */
export function parseEscape(reader: PatternReader, inClass: boolean, groups: number): Escape {
  const offset = reader.position - 1;
  if (reader.atEnd) reader.fail('backslash at the end of the pattern', offset);
  const character = reader.take();
  if (inClass && character === 'b') return { kind: 'byte', byte: BACKSPACE };
  if (Object.hasOwn(SETS, character)) return { kind: 'set', set: SETS[character]! };
  if (Object.hasOwn(CONTROLS, character)) return { kind: 'byte', byte: CONTROLS[character]! };
  if (Object.hasOwn(NODES, character)) {
    if (inClass) reader.fail(`\\${character} has no meaning in a character class`, offset);
    return { kind: 'node', node: NODES[character]! };
  }
  if (character >= '0' && character <= '9') {
    return parseDigits(reader, character, inClass, groups, offset);
  }
  if (isAsciiLetter(character)) return parseLetter(reader, character, inClass, offset);
  return { kind: 'byte', byte: character.charCodeAt(0) };
}

function isAsciiLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

function parseDigits(
  reader: PatternReader,
  first: string,
  inClass: boolean,
  groups: number,
  offset: number,
): Escape {
  const start = offset + 1;
  reader.position = start;
  if (first !== '0' && !inClass) {
    const group = Number(reader.takeWhile('0123456789'));
    if (group < 10 || group <= groups) return { kind: 'groupNumber', group };
    reader.position = start;
  }
  const digits = reader.takeWhile(OCTAL, 3);
  if (digits === '') return { kind: 'byte', byte: reader.takeByte() };
  return { kind: 'byte', byte: toByte(reader, digits, 8, offset) };
}

function parseLetter(
  reader: PatternReader,
  letter: string,
  inClass: boolean,
  offset: number,
): Escape {
  switch (letter) {
    case 'x':
      return { kind: 'byte', byte: parseHex(reader, offset) };
    case 'o':
      return { kind: 'byte', byte: parseBraced(reader, OCTAL, 8, offset) };
    case 'c':
      return { kind: 'byte', byte: parseControl(reader, offset) };
    case 'g':
    case 'k':
      if (!inClass) return parseReference(reader, offset);
      break;
    default:
      break;
  }
  return reader.fail(`unsupported escape \\${letter}`, offset);
}

function parseHex(reader: PatternReader, offset: number): number {
  if (reader.peek() === '{') return parseBraced(reader, HEX, 16, offset);
  const digits = reader.takeWhile(HEX, 2);
  return digits === '' ? 0 : toByte(reader, digits, 16, offset);
}

function parseBraced(
  reader: PatternReader,
  alphabet: string,
  radix: number,
  offset: number,
): number {
  const opened = reader.eat('{');
  const digits = reader.takeWhile(alphabet);
  if (!opened || digits === '' || !reader.eat('}')) {
    reader.fail('malformed numeric escape', offset);
  }
  return toByte(reader, digits, radix, offset);
}

function toByte(reader: PatternReader, digits: string, radix: number, offset: number): number {
  const value = Number.parseInt(digits, radix);
  if (value > 0xff) reader.fail('escape above 0xff (a pattern is a string of bytes)', offset);
  return value;
}

function parseControl(reader: PatternReader, offset: number): number {
  const code = reader.atEnd ? 0 : reader.take().toUpperCase().charCodeAt(0);
  if (code < 0x20 || code > 0x7e)
    reader.fail('\\c must be followed by a printable character', offset);
  return code ^ 0x40;
}

/** `\g{1}`, `\g{-1}` is refused, `\g{name}`, `\k<name>`, `\k{name}`, `\k'name'`. */
function parseReference(reader: PatternReader, offset: number): Escape {
  const close = { '{': '}', '<': '>', "'": "'" }[reader.take()];
  const name = close === undefined ? null : reader.takeUntil(close);
  if (name === null || name === '' || /[^0-9A-Za-z_]/.test(name)) {
    return reader.fail('malformed back-reference', offset);
  }
  if (/^[0-9]+$/.test(name)) return { kind: 'groupNumber', group: Number(name) };
  return { kind: 'groupName', name };
}
