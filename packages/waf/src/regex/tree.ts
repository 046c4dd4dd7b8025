import type { SymbolSet } from './symbolSet.ts';

/** A pattern as parsed: flags are resolved, case is folded into the sets, offsets point into the pattern. */
export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'bytes'; readonly set: SymbolSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'alternation'; readonly branches: readonly Node[] }
  | Repeat
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  /** The symbol before this position is in the set. */
  | { readonly kind: 'previous'; readonly set: SymbolSet }
  /** The symbol after this position is in the set. */
  | { readonly kind: 'next'; readonly set: SymbolSet }
  | Look
  | Backreference;

export interface Repeat {
  readonly kind: 'repeat';
  readonly body: Node;
  readonly min: number;
  /** `Infinity` when unbounded. */
  readonly max: number;
  readonly greedy: boolean;
}

export interface Look {
  readonly kind: 'look';
  readonly ahead: boolean;
  readonly negative: boolean;
  readonly body: Node;
  readonly offset: number;
}

export interface Backreference {
  readonly kind: 'backreference';
  readonly group: number;
  readonly ignoreCase: boolean;
  readonly offset: number;
}

/** What the parser hands on. */
export interface ParsedPattern {
  readonly root: Node;
  /** Capture groups, the whole match not counted. */
  readonly groups: number;
  readonly hasBackreference: boolean;
}

export const EMPTY: Node = { kind: 'empty' };

export function sequenceOf(parts: readonly Node[]): Node {
  if (parts.length === 0) return EMPTY;
  return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
}

export function alternationOf(branches: readonly Node[]): Node {
  return branches.length === 1 ? branches[0]! : { kind: 'alternation', branches };
}

/** The nodes directly below. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'empty':
    case 'bytes':
    case 'previous':
    case 'next':
    case 'backreference':
      return [];
    case 'sequence':
      return node.parts;
    case 'alternation':
      return node.branches;
    case 'repeat':
    case 'group':
    case 'look':
      return [node.body];
  }
}

export function hasBackreference(node: Node): boolean {
  return node.kind === 'backreference' || childrenOf(node).some(hasBackreference);
}
