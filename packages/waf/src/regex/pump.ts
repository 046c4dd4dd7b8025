import { parsePattern } from './parser.ts';
import type { RegexFlags } from './regex.ts';
import { bytesOf, type SymbolSet } from './symbolSet.ts';
import { childrenOf, type Node, type Repeat } from './tree.ts';

/**
 * A string to provoke backtracking: `prefix` leads to a repeat of the pattern, each `unit` passes
 * once through its body, `suffix` would complete the match (so to fail late, leave it out or spoil it).
 */
export interface PumpUnit {
  readonly prefix: string;
  readonly unit: string;
  readonly suffix: string;
}

/** Repeats with a lower upper count cannot be pumped far. */
const COUNT_MIN = 8;
/** Different bodies tried of one repeat. */
const VARIANTS_MAX = 6;

/**
 * Enumerates what each repeat of a pattern can be pumped with.
 * @throws RegexSyntaxError as `compileRegex` does.
 */
export function pumpUnits(pattern: string, flags: RegexFlags = {}): PumpUnit[] {
  const { ignoreCase = false, dotAll = true, multiline = false } = flags;
  const { root } = parsePattern(pattern, { ignoreCase, dotAll, multiline, extended: false });
  return [...unitsOf(root, '', '')];
}

function* unitsOf(node: Node, prefix: string, suffix: string): Generator<PumpUnit> {
  if (node.kind === 'repeat' && node.max >= COUNT_MIN) {
    for (const unit of variants(node.body)) if (unit !== '') yield { prefix, unit, suffix };
  }
  if (node.kind === 'sequence') {
    const samples = node.parts.map(sample);
    for (const [index, part] of node.parts.entries()) {
      yield* unitsOf(
        part,
        prefix + samples.slice(0, index).join(''),
        samples.slice(index + 1).join('') + suffix,
      );
    }
    return;
  }
  for (const child of childrenOf(node)) yield* unitsOf(child, prefix, suffix);
}

/** One string that the node matches, as far as assertions and references allow: a short one. */
function sample(node: Node): string {
  switch (node.kind) {
    case 'empty':
    case 'previous':
    case 'next':
    case 'look':
    case 'backreference':
      return '';
    case 'bytes':
      return picks(node.set)[0] ?? '';
    case 'sequence':
      return node.parts.map(sample).join('');
    case 'alternation':
      return node.branches
        .map(sample)
        .reduce((shortest, other) => (other.length < shortest.length ? other : shortest));
    case 'repeat':
      return sample(node.body).repeat(node.min);
    case 'group':
      return sample(node.body);
  }
}

/** Some different strings that the node matches. */
function variants(node: Node): string[] {
  const found = new Set(variantsBelow(node));
  return [...found].slice(0, VARIANTS_MAX);
}

function variantsBelow(node: Node): string[] {
  switch (node.kind) {
    case 'bytes':
      return picks(node.set);
    case 'group':
      return variants(node.body);
    case 'repeat':
      return repeatVariants(node);
    case 'alternation':
      return node.branches.flatMap((branch) => variants(branch).slice(0, 2));
    case 'sequence':
      return sequenceVariants(node.parts);
    default:
      return [sample(node)];
  }
}

function repeatVariants(node: Repeat): string[] {
  return variants(node.body).map((body) => body.repeat(Math.max(1, node.min)));
}

/** Varies one part at a time, the others as their samples. */
function sequenceVariants(parts: readonly Node[]): string[] {
  const samples = parts.map(sample);
  return [
    samples.join(''),
    ...parts.flatMap((part, index) =>
      variants(part)
        .slice(0, 2)
        .map((variant) => samples.with(index, variant).join('')),
    ),
  ];
}

/** Bytes that classes and their neighbours most often share, then any. */
const FAVOURITES = ['a', ' ', '1', '"', '(', ';', '.', '/', '-', '=', '\n', '\xff'];

function picks(set: SymbolSet): string[] {
  const favourites = FAVOURITES.filter((character) => set[character.charCodeAt(0)] === 1);
  if (favourites.length > 0) return favourites;
  return bytesOf(set)
    .slice(0, 2)
    .map((byte) => String.fromCharCode(byte));
}
