import { parseEscape } from './escape.ts';
import { POSIX_CLASSES } from './namedSets.ts';
import type { PatternReader } from './patternReader.ts';
import { complement, foldCase, setOfByte, setOfRange, union, type SymbolSet } from './symbolSet.ts';

/** One item of a class: a byte may begin a range, a set may not. */
type Item = { readonly byte: number } | { readonly set: SymbolSet };

/** Reads a bracket class whose `[` is already consumed. */
export function parseCharacterClass(reader: PatternReader, ignoreCase: boolean): SymbolSet {
  const offset = reader.position - 1;
  const negated = reader.eat('^');
  const sets: SymbolSet[] = [];
  let first = true;
  for (;;) {
    reader.skipQuoteMarks();
    if (reader.atEnd) reader.fail('unterminated character class', offset);
    if (!first && !reader.quoted && reader.eat(']')) break;
    first = false;
    sets.push(parseRange(reader));
  }
  const positive = ignoreCase ? foldCase(union(...sets)) : union(...sets);
  return negated ? complement(positive) : positive;
}

function parseRange(reader: PatternReader): SymbolSet {
  const offset = reader.position;
  const low = parseItem(reader);
  if ('set' in low) return low.set;
  reader.skipQuoteMarks();
  if (reader.quoted || reader.peek() !== '-' || reader.sees('-]')) return setOfByte(low.byte);
  const hyphen = reader.position;
  reader.eat('-');
  reader.skipQuoteMarks();
  if (reader.atEnd) return setOfByte(low.byte);
  const high = parseItem(reader);
  if ('set' in high) {
    // PCRE takes the hyphen literally when a set follows it.
    reader.position = hyphen + 1;
    return union(setOfByte(low.byte), setOfByte(0x2d));
  }
  if (high.byte < low.byte) reader.fail('range of a character class is out of order', offset);
  return setOfRange(low.byte, high.byte);
}

function parseItem(reader: PatternReader): Item {
  const offset = reader.position;
  if (reader.quoted) return { byte: reader.takeByte() };
  if (reader.sees('[:') || reader.sees('[.') || reader.sees('[=')) {
    const posix = parsePosixClass(reader);
    if (posix !== null) return { set: posix };
  }
  if (!reader.eat('\\')) return { byte: reader.takeByte() };
  const escape = parseEscape(reader, true, 0);
  if (escape.kind === 'byte') return { byte: escape.byte };
  if (escape.kind === 'set') return { set: escape.set };
  return reader.fail('a back-reference has no meaning in a character class', offset);
}

/** `[:name:]` or `[:^name:]`; null when the bracket is literal, as in `[[:]`. */
function parsePosixClass(reader: PatternReader): SymbolSet | null {
  const start = reader.position;
  const match = /^\[([:.=])(\^?)([a-z]*)\1\]/.exec(reader.pattern.slice(start, start + 20));
  if (match === null) return null;
  const [text, delimiter, caret, name] = match;
  if (delimiter !== ':') reader.fail('POSIX collating elements are not supported', start);
  if (!Object.hasOwn(POSIX_CLASSES, name!)) {
    reader.fail(`unknown POSIX class "${name}"`, start);
  }
  reader.position += text.length;
  const set = POSIX_CLASSES[name!]!;
  return caret === '^' ? complement(set) : set;
}
