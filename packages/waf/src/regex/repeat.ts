import { complement, withEdge, type SymbolSet } from './symbolSet.ts';
import { alternationOf, EMPTY, sequenceOf, type Node } from './tree.ts';

export function repeatOf(body: Node, min: number, max: number, greedy: boolean): Node {
  if (max === 0) return EMPTY;
  if (min === 1 && max === 1) return body;
  return { kind: 'repeat', body, min, max, greedy };
}

/** The set of a node that takes exactly one byte, else null. */
export function singleSet(node: Node): SymbolSet | null {
  if (node.kind === 'bytes') return node.set;
  return node.kind === 'group' ? singleSet(node.body) : null;
}

/**
 * A possessive repeat of one byte: it stops where it must, at its upper count or before a byte
 * that is not in the set, so it is a greedy repeat with a look at the next symbol.
 */
export function possessiveOf(body: Node, set: SymbolSet, min: number, max: number): Node {
  const stop: Node = { kind: 'next', set: withEdge(complement(set)) };
  if (max === Infinity) return sequenceOf([repeatOf(body, min, max, true), stop]);
  const full = repeatOf(body, max, max, true);
  if (min === max) return full;
  return alternationOf([full, sequenceOf([repeatOf(body, min, max - 1, true), stop])]);
}
