import { FLAG_LETTERS, type PatternFlags } from './patternFlags.ts';
import type { PatternReader } from './patternReader.ts';

/** What an opening parenthesis begins. */
export type GroupOpener =
  | { readonly kind: 'capture'; readonly name?: string }
  | { readonly kind: 'plain'; readonly flags: PatternFlags }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean }
  /** `(?i)`: no group, the flags hold to the end of the one around it. */
  | { readonly kind: 'flags'; readonly flags: PatternFlags }
  | { readonly kind: 'comment' };

const LOOKS: readonly [string, boolean, boolean][] = [
  ['(?=', true, false],
  ['(?!', true, true],
  ['(?<=', false, false],
  ['(?<!', false, true],
];

/** PCRE constructs outside what a linear-time engine can promise, or that no rule needs. */
const REFUSED: readonly [string, string][] = [
  ['(?>', 'atomic groups are not supported'],
  ['(?|', 'branch reset groups are not supported'],
  ['(?(', 'conditional groups are not supported'],
  ['(?R', 'recursion is not supported'],
  ['(?&', 'recursion is not supported'],
  ['(?C', 'callouts are not supported'],
  ['(*', 'backtracking verbs are not supported'],
];

const NAME_OPENERS: readonly [string, string][] = [
  ['(?P<', '>'],
  ['(?<', '>'],
  ["(?'", "'"],
];

/** Reads from `(` to where the group's content begins. */
export function parseGroupOpener(reader: PatternReader, flags: PatternFlags): GroupOpener {
  const offset = reader.position;
  for (const [text, problem] of REFUSED) if (reader.sees(text)) reader.fail(problem, offset);
  for (const [text, ahead, negative] of LOOKS) {
    if (reader.eat(text)) return { kind: 'look', ahead, negative };
  }
  if (reader.eat('(?#')) {
    if (reader.takeUntil(')') === null) reader.fail('unterminated comment', offset);
    return { kind: 'comment' };
  }
  for (const [text, close] of NAME_OPENERS) {
    if (reader.eat(text)) return { kind: 'capture', name: parseName(reader, close, offset) };
  }
  if (reader.eat('(?')) return parseFlags(reader, flags, offset);
  reader.eat('(');
  return { kind: 'capture' };
}

function parseName(reader: PatternReader, close: string, offset: number): string {
  const name = reader.takeUntil(close);
  if (name === null || !/^[A-Za-z_][0-9A-Za-z_]*$/.test(name)) {
    return reader.fail('malformed group name', offset);
  }
  return name;
}

function parseFlags(reader: PatternReader, outer: PatternFlags, offset: number): GroupOpener {
  const flags = { ...outer };
  let value = true;
  for (;;) {
    const letter = reader.take();
    if (letter === ':') return { kind: 'plain', flags };
    if (letter === ')') return { kind: 'flags', flags };
    if (letter === '-' && value) value = false;
    else if (Object.hasOwn(FLAG_LETTERS, letter)) flags[FLAG_LETTERS[letter]!] = value;
    else reader.fail('unknown group syntax', offset);
  }
}
