import { AhoCorasick } from '../../operators/ahoCorasick.ts';
import { bitSetOf, BitSetUnion, NO_BITS } from '../../request/bitSet.ts';
import type { BitSet } from '../../request/bitSet.ts';

/** A word to look for, and what finding it means. */
export interface Word {
  readonly text: string;
  /** The number of the test that needs it, or -1. */
  readonly test: number;
  /** Marks that it raises, as bits. */
  readonly marks: number;
}

/** What ends in a state: bits of tests and of marks. */
export interface WordOutput {
  readonly tests: BitSet;
  readonly marks: number;
}

/**
 * A complete automaton over all words of all rules. A row holds the next states for each column,
 * as offsets of rows, and then the number of the row's output.
 */
export interface WordAutomaton {
  readonly rows: Int32Array;
  readonly columns: Uint8Array;
  readonly outputColumn: number;
  /** Output 0 is none. */
  readonly outputs: readonly WordOutput[];
}

/** Longer words are looked for by their beginning, which keeps the automaton small. */
const WORD_CHARS_MAX = 12;

export function buildWordAutomaton(words: readonly Word[], testCount: number): WordAutomaton {
  const byText = groupByText(words);
  const texts = [...byText.keys()];
  const { next, columns, columnCount, ends, outputs: suffixes } = new AhoCorasick(texts);
  const interner = new OutputInterner(testCount);
  const outputOf = new Int32Array(ends.length);
  // States are visited shorter suffixes first: a state's suffix output is ready before its own.
  for (const state of statesByDepth(next, columnCount, ends.length)) {
    const own = byText.get(texts[ends[state] ?? -1] ?? '') ?? [];
    outputOf[state] = interner.extend(outputOf[suffixes[state] ?? 0] ?? 0, own);
  }
  const width = columnCount + 1;
  const rows = new Int32Array(ends.length * width);
  for (let state = 0; state < ends.length; state++) {
    for (let column = 0; column < columnCount; column++) {
      rows[state * width + column] = (next[state * columnCount + column] ?? 0) * width;
    }
    rows[state * width + columnCount] = outputOf[state] ?? 0;
  }
  return { rows, columns, outputColumn: columnCount, outputs: interner.outputs };
}

function groupByText(words: readonly Word[]): Map<string, Word[]> {
  const byText = new Map<string, Word[]>();
  for (const word of words) {
    const text = word.text.slice(0, WORD_CHARS_MAX);
    const known = byText.get(text);
    if (known === undefined) byText.set(text, [word]);
    else known.push(word);
  }
  return byText;
}

function statesByDepth(next: Int32Array, columnCount: number, stateCount: number): Int32Array {
  const order = new Int32Array(stateCount);
  const seen = new Uint8Array(stateCount);
  seen[0] = 1;
  let count = 1;
  for (let index = 0; index < count; index++) {
    const base = (order[index] ?? 0) * columnCount;
    for (let column = 0; column < columnCount; column++) {
      const child = next[base + column] ?? 0;
      if (seen[child] === 1) continue;
      seen[child] = 1;
      order[count++] = child;
    }
  }
  return order;
}

/** Keeps one output for each distinct set of words. */
class OutputInterner {
  readonly outputs: WordOutput[] = [{ tests: NO_BITS, marks: 0 }];
  readonly #numbers = new Map<string, number>();
  readonly #testCount: number;

  constructor(testCount: number) {
    this.#testCount = testCount;
  }

  extend(base: number, words: readonly Word[]): number {
    if (words.length === 0) return base;
    const from = this.outputs[base];
    const own = words.flatMap(({ test }) => (test < 0 ? [] : [test]));
    const union = new BitSetUnion();
    union.add(from?.tests ?? NO_BITS);
    union.add(bitSetOf(own, own.length === 0 ? 0 : this.#testCount));
    const tests = union.bits;
    const marks = words.reduce((bits, word) => bits | word.marks, from?.marks ?? 0);
    const key = `${tests.join(',')}/${marks}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.outputs.push({ tests, marks }) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
