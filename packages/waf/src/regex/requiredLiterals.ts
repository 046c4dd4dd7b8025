import { BYTE_FREQUENCY } from './byteFrequency.ts';
import { bytesOf, type SymbolSet } from './symbolSet.ts';
import type { Node } from './tree.ts';

/** Alternatives of one answer: beyond, a search for them all is not worth its memory. */
const ALTERNATIVES_MAX = 128;
const LENGTH_MAX = 32;
/** A class with more bytes is not spelled out. */
const CLASS_MAX = 12;

/** What an alternative costs beside its occurrences. */
const ALTERNATIVE_COST = 1e-5;

/** Literals, lower-cased, of which any match contains at least one. */
interface Candidate {
  readonly literals: ReadonlySet<string>;
  readonly cost: number;
}

/** What is known of the strings a node matches. */
interface Knowledge {
  /** All of them, lower-cased; null when they are too many. */
  readonly exact: ReadonlySet<string> | null;
  readonly best: Candidate | null;
}

const NOTHING: ReadonlySet<string> = new Set(['']);
const ZERO_WIDTH: Knowledge = { exact: NOTHING, best: null };
const UNKNOWN: Knowledge = { exact: null, best: null };

/**
 * The set of literals, rarest in ordinary input, of which any match of the tree contains at least
 * one when both are lower-cased; null when there is none.
 */
export function requiredLiterals(root: Node): readonly string[] | null {
  const { exact, best } = know(root);
  const candidate = exact === null ? best : candidateOf(exact);
  return candidate === null ? null : withoutRedundant(candidate.literals);
}

function know(node: Node): Knowledge {
  switch (node.kind) {
    case 'empty':
    case 'previous':
    case 'next':
    case 'look':
      return ZERO_WIDTH;
    case 'backreference':
      return UNKNOWN;
    case 'bytes':
      return knowBytes(node.set);
    case 'group':
      return know(node.body);
    case 'repeat':
      return knowRepeat(know(node.body), node.min, node.max);
    case 'sequence':
      return knowSequence(node.parts.map(know));
    case 'alternation':
      return knowAlternation(node.branches.map(know));
  }
}

const knownBytes = new WeakMap<SymbolSet, Knowledge>();

function knowBytes(set: SymbolSet): Knowledge {
  const known = knownBytes.get(set) ?? spellOut(set);
  knownBytes.set(set, known);
  return known;
}

function spellOut(set: SymbolSet): Knowledge {
  const characters = new Set(bytesOf(set).map((byte) => lowerAscii(String.fromCharCode(byte))));
  return characters.size <= CLASS_MAX ? { exact: characters, best: null } : UNKNOWN;
}

function knowRepeat(body: Knowledge, min: number, max: number): Knowledge {
  if (min === 0) {
    const optional = max === 1 && body.exact !== null ? new Set([...body.exact, '']) : null;
    return { exact: optional, best: null };
  }
  if (min === max)
    return knowSequence(
      Array.from({ length: Math.min(min, LENGTH_MAX) }, () => body),
      min > LENGTH_MAX,
    );
  return { exact: null, best: body.exact === null ? body.best : candidateOf(body.exact) };
}

/** @param more something unknown follows. */
function knowSequence(parts: readonly Knowledge[], more = false): Knowledge {
  let run: ReadonlySet<string> = NOTHING;
  let whole = !more;
  let best: Candidate | null = null;
  for (const part of parts) {
    const longer = part.exact === null ? null : product(run, part.exact);
    if (longer !== null) {
      run = longer;
      continue;
    }
    whole = false;
    best = cheaper(cheaper(best, candidateOf(run)), part.best);
    run = part.exact ?? NOTHING;
  }
  return whole
    ? { exact: run, best: null }
    : { exact: null, best: cheaper(best, candidateOf(run)) };
}

function knowAlternation(branches: readonly Knowledge[]): Knowledge {
  const exact = branches.every((branch) => branch.exact !== null)
    ? bounded(new Set(branches.flatMap((branch) => [...branch.exact!])))
    : null;
  if (exact !== null) return { exact, best: null };
  const literals = new Set<string>();
  for (const { exact: all, best } of branches) {
    const candidate = all === null ? best : candidateOf(all);
    if (candidate === null) return UNKNOWN;
    for (const literal of candidate.literals) literals.add(literal);
  }
  return { exact: null, best: candidateOf(literals) };
}

function product(
  heads: ReadonlySet<string>,
  tails: ReadonlySet<string>,
): ReadonlySet<string> | null {
  if (heads === NOTHING) return tails;
  if (heads.size * tails.size > ALTERNATIVES_MAX) return null;
  const strings = new Set<string>();
  for (const head of heads) {
    for (const tail of tails) {
      if (head.length + tail.length > LENGTH_MAX) return null;
      strings.add(head + tail);
    }
  }
  return strings;
}

function bounded(strings: ReadonlySet<string>): ReadonlySet<string> | null {
  return strings.size <= ALTERNATIVES_MAX ? strings : null;
}

function candidateOf(literals: ReadonlySet<string>): Candidate | null {
  if (literals.size === 0 || literals.has('')) return null;
  let cost = 0;
  for (const literal of literals) cost += ALTERNATIVE_COST + occurrence(literal);
  return { literals, cost };
}

function cheaper(one: Candidate | null, other: Candidate | null): Candidate | null {
  if (one === null || other === null) return one ?? other;
  return other.cost < one.cost ? other : one;
}

/** How often a literal is to be expected at a position of ordinary input. */
function occurrence(literal: string): number {
  let share = 1;
  for (let i = 0; i < literal.length; i++) share *= BYTE_FREQUENCY[literal.charCodeAt(i)]!;
  return share;
}

/** Drops what contains another literal of one or two bytes: it adds nothing. */
function withoutRedundant(literals: ReadonlySet<string>): readonly string[] {
  return [...literals].filter((literal) => {
    for (let end = 1; end <= literal.length; end++) {
      for (let start = Math.max(0, end - 2); start < end; start++) {
        const part = literal.slice(start, end);
        if (part !== literal && literals.has(part)) return false;
      }
    }
    return true;
  });
}

function lowerAscii(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}
