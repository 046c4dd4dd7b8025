import {
  ANY_BYTE,
  AT_EDGE,
  AT_END_OR_FINAL_NEWLINE,
  NEWLINE,
  VERTICAL_SPACE,
  WORD,
} from './namedSets.ts';
import { complement, setOfByte, union, withEdge, type SymbolSet } from './symbolSet.ts';
import { alternationOf, sequenceOf, type Node } from './tree.ts';

const notWord = withEdge(complement(WORD));

/** `\A`, and `^` outside multiline mode. */
export const BEGIN_TEXT: Node = previous(AT_EDGE);
/** `\z`. */
export const END_TEXT: Node = next(AT_EDGE);
/** `\Z`, and `$` outside multiline mode. */
export const END_OR_FINAL_NEWLINE: Node = next(AT_END_OR_FINAL_NEWLINE);
/** `^` of multiline mode: not after a newline that ends the input. */
export const BEGIN_LINE: Node = alternationOf([
  BEGIN_TEXT,
  sequenceOf([previous(NEWLINE), next(ANY_BYTE)]),
]);
/** `$` of multiline mode. */
export const END_LINE: Node = next(withEdge(NEWLINE));
export const WORD_BOUNDARY: Node = alternationOf([
  sequenceOf([previous(WORD), next(notWord)]),
  sequenceOf([previous(notWord), next(WORD)]),
]);
export const NOT_WORD_BOUNDARY: Node = alternationOf([
  sequenceOf([previous(WORD), next(WORD)]),
  sequenceOf([previous(notWord), next(notWord)]),
]);

const carriageReturn = setOfByte(13);

/** `\R`: a line ending, of which CR LF is not taken apart. */
export const LINE_ENDING: Node = alternationOf([
  sequenceOf([bytes(carriageReturn), bytes(NEWLINE)]),
  sequenceOf([bytes(carriageReturn), next(withEdge(complement(NEWLINE)))]),
  bytes(without(VERTICAL_SPACE, carriageReturn)),
]);

function previous(set: SymbolSet): Node {
  return { kind: 'previous', set };
}

function next(set: SymbolSet): Node {
  return { kind: 'next', set };
}

function bytes(set: SymbolSet): Node {
  return { kind: 'bytes', set };
}

function without(set: SymbolSet, removed: SymbolSet): SymbolSet {
  return complement(union(complement(set), removed));
}
