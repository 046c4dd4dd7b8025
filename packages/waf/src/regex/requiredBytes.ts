import { BYTE_FREQUENCY } from './byteFrequency.ts';
import { bytesOf, union, type SymbolSet } from './symbolSet.ts';
import type { Node } from './tree.ts';

/**
 * The rarest class of bytes of which every match of the tree holds at least one; null when a
 * match can be empty.
 */
export function requiredBytes(root: Node): Uint8Array | null {
  return required(root)?.slice(0, 256) ?? null;
}

function required(node: Node): SymbolSet | null {
  switch (node.kind) {
    case 'empty':
    case 'previous':
    case 'next':
    case 'look':
    case 'backreference':
      return null;
    case 'bytes':
      return node.set;
    case 'group':
      return required(node.body);
    case 'repeat':
      return node.min > 0 ? required(node.body) : null;
    case 'sequence':
      return node.parts.map(required).reduce(rarer, null);
    case 'alternation': {
      const sets = node.branches.map(required);
      return sets.includes(null) ? null : union(...sets.filter((set) => set !== null));
    }
  }
}

function rarer(one: SymbolSet | null, other: SymbolSet | null): SymbolSet | null {
  if (one === null || other === null) return one ?? other;
  return frequency(other) < frequency(one) ? other : one;
}

const frequencies = new WeakMap<SymbolSet, number>();

function frequency(set: SymbolSet): number {
  const known = frequencies.get(set) ?? sumOf(set);
  frequencies.set(set, known);
  return known;
}

/** Counts a letter once where the set has both its cases. */
function sumOf(set: SymbolSet): number {
  let sum = 0;
  for (const byte of bytesOf(set)) {
    const isUpper = byte >= 0x41 && byte <= 0x5a;
    if (!isUpper || set[byte + 32] === 0) sum += BYTE_FREQUENCY[byte]!;
  }
  return sum;
}
