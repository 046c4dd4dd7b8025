import { BEGIN_LINE, BEGIN_TEXT, END_LINE, END_OR_FINAL_NEWLINE } from './assertions.ts';
import { parseCharacterClass } from './characterClass.ts';
import { parseEscape } from './escape.ts';
import { parseGroupOpener, type GroupOpener } from './groupOpener.ts';
import { ANY_BYTE, NOT_NEWLINE } from './namedSets.ts';
import { PatternReader } from './patternReader.ts';
import type { PatternFlags } from './patternFlags.ts';
import { parseQuantifier, type Quantifier } from './quantifier.ts';
import { possessiveOf, repeatOf, singleSet } from './repeat.ts';
import { complement, setOfByte, withEdge, type SymbolSet } from './symbolSet.ts';
import {
  alternationOf,
  sequenceOf,
  type Backreference,
  type Node,
  type ParsedPattern,
} from './tree.ts';

/** Groups inside groups; keeps every walk of the tree within the call stack. */
const NESTING_MAX = 250;
/** Quantifiers on one atom, as in `a{2}{3}`. */
const REPEATS_MAX = 8;

/** Parses a pattern of bytes; throws RegexSyntaxError. */
export function parsePattern(pattern: string, flags: PatternFlags): ParsedPattern {
  return new Parser(pattern, flags).parse();
}

class Parser {
  readonly #reader: PatternReader;
  readonly #names = new Map<string, number>();
  readonly #classes = new Map<string, SymbolSet>();
  readonly #backreferences: Backreference[] = [];
  #flags: PatternFlags;
  #groups = 0;
  #nesting = 0;

  constructor(pattern: string, flags: PatternFlags) {
    this.#reader = new PatternReader(pattern);
    this.#flags = flags;
  }

  parse(): ParsedPattern {
    const root = this.#parseAlternation();
    if (!this.#reader.atEnd) this.#reader.fail('unmatched closing parenthesis');
    for (const { group, offset } of this.#backreferences) {
      if (group > this.#groups) {
        this.#reader.fail(`back-reference to group ${group}, which does not exist`, offset);
      }
    }
    return { root, groups: this.#groups, hasBackreference: this.#backreferences.length > 0 };
  }

  #parseAlternation(): Node {
    const branches = [this.#parseSequence()];
    while (this.#reader.eat('|')) branches.push(this.#parseSequence());
    return alternationOf(branches);
  }

  #parseSequence(): Node {
    const parts: Node[] = [];
    for (;;) {
      this.#skipIgnored();
      if (!this.#reader.quoted && this.#atSequenceEnd()) return sequenceOf(parts);
      const offset = this.#reader.position;
      const atom = this.#parseAtom();
      if (atom !== null) parts.push(this.#parseRepeats(atom, offset));
    }
  }

  #atSequenceEnd(): boolean {
    const next = this.#reader.peek();
    return next === '' || next === '|' || next === ')';
  }

  /** Quote marks and, in extended mode, white space and comments. */
  #skipIgnored(): void {
    const reader = this.#reader;
    for (;;) {
      reader.skipQuoteMarks();
      if (reader.quoted && reader.atEnd) reader.quoted = false;
      if (reader.quoted || !this.#flags.extended) return;
      if (reader.eat('#')) reader.skipLine();
      else if (reader.takeWhile(' \t\n\v\f\r') === '') return;
    }
  }

  #parseRepeats(atom: Node, offset: number): Node {
    let node = atom;
    for (let repeats = 0; ; repeats++) {
      if (repeats > REPEATS_MAX) this.#reader.fail('too many quantifiers in a row', offset);
      this.#skipIgnored();
      const quantifier = this.#reader.quoted ? null : parseQuantifier(this.#reader);
      if (quantifier === null) return node;
      node = this.#repeat(node, quantifier, offset);
    }
  }

  #repeat(body: Node, quantifier: Quantifier, offset: number): Node {
    const { min, max, greedy, possessive } = quantifier;
    if (!possessive) return repeatOf(body, min, max, greedy);
    const taken = singleSet(body);
    if (taken !== null) return possessiveOf(body, taken, min, max);
    return this.#reader.fail('possessive repeat of more than one byte is not supported', offset);
  }

  /** One atom; null for what matches nothing and takes no quantifier, as `(?i)`. */
  #parseAtom(): Node | null {
    const reader = this.#reader;
    const offset = reader.position;
    if (reader.quoted) return this.#literal(reader.takeByte());
    const { multiline, dotAll } = this.#flags;
    switch (reader.peek()) {
      case '(':
        return this.#parseGroup();
      case '[':
        reader.take();
        return this.#characterClass();
      case '\\':
        reader.take();
        return this.#parseEscape(offset);
      case '.':
        reader.take();
        return { kind: 'bytes', set: dotAll ? ANY_BYTE : NOT_NEWLINE };
      case '^':
        reader.take();
        return multiline ? BEGIN_LINE : BEGIN_TEXT;
      case '$':
        reader.take();
        return multiline ? END_LINE : END_OR_FINAL_NEWLINE;
      case '*':
      case '+':
      case '?':
        return reader.fail('nothing to repeat');
      default:
        return this.#literal(reader.takeByte());
    }
  }

  #literal(byte: number): Node {
    return { kind: 'bytes', set: setOfByte(byte, this.#flags.ignoreCase) };
  }

  /** Equal texts give one set: rule sets repeat their classes many hundred times. */
  #characterClass(): Node {
    const { pattern, position } = this.#reader;
    const set = parseCharacterClass(this.#reader, this.#flags.ignoreCase);
    const text = `${Number(this.#flags.ignoreCase)}${pattern.slice(position, this.#reader.position)}`;
    const known = this.#classes.get(text);
    if (known === undefined) this.#classes.set(text, set);
    return { kind: 'bytes', set: known ?? set };
  }

  #parseEscape(offset: number): Node {
    const escape = parseEscape(this.#reader, false, this.#groups);
    switch (escape.kind) {
      case 'byte':
        return this.#literal(escape.byte);
      case 'set':
        return { kind: 'bytes', set: escape.set };
      case 'node':
        return escape.node;
      case 'groupNumber':
        if (escape.group === 0) this.#reader.fail('back-reference to group 0', offset);
        return this.#backreference(escape.group, offset);
      case 'groupName': {
        const group = this.#names.get(escape.name);
        if (group === undefined) this.#reader.fail(`unknown group "${escape.name}"`, offset);
        return this.#backreference(group, offset);
      }
    }
  }

  #backreference(group: number, offset: number): Backreference {
    const { ignoreCase } = this.#flags;
    const node: Backreference = { kind: 'backreference', group, ignoreCase, offset };
    this.#backreferences.push(node);
    return node;
  }

  #parseGroup(): Node | null {
    const reader = this.#reader;
    const offset = reader.position;
    const opener = parseGroupOpener(reader, this.#flags);
    if (opener.kind === 'comment') return null;
    if (opener.kind === 'flags') {
      this.#flags = opener.flags;
      return null;
    }
    if (++this.#nesting > NESTING_MAX) reader.fail('groups are nested too deeply', offset);
    const outer = this.#flags;
    const index = this.#openGroup(opener, offset);
    const body = this.#parseAlternation();
    if (!reader.eat(')')) reader.fail('missing closing parenthesis', offset);
    this.#flags = outer;
    this.#nesting--;
    return groupNode(opener, index, body, offset);
  }

  /** The number of the capture group, 0 where the group captures nothing. */
  #openGroup(opener: GroupOpener, offset: number): number {
    if (opener.kind === 'plain') this.#flags = opener.flags;
    if (opener.kind !== 'capture') return 0;
    const index = ++this.#groups;
    if (opener.name !== undefined) {
      if (this.#names.has(opener.name)) this.#reader.fail('two groups with one name', offset);
      this.#names.set(opener.name, index);
    }
    return index;
  }
}

function groupNode(opener: GroupOpener, index: number, body: Node, offset: number): Node {
  switch (opener.kind) {
    case 'capture':
      return { kind: 'group', index, body };
    case 'look':
      return lookNode(opener.ahead, opener.negative, body, offset);
    case 'plain':
    case 'flags':
    case 'comment':
      return body;
  }
}

/** A look at one byte is a plain test of the neighbouring symbol. */
function lookNode(ahead: boolean, negative: boolean, body: Node, offset: number): Node {
  if (body.kind !== 'bytes') return { kind: 'look', ahead, negative, body, offset };
  const set = negative ? withEdge(complement(body.set)) : body.set;
  return { kind: ahead ? 'next' : 'previous', set };
}
