import type { BitSet } from './bitSet.ts';

/** What a pure operator said of a text, and what it captured. */
export interface Outcome {
  readonly holds: boolean;
  readonly groups: readonly (string | undefined)[] | null;
}

/**
 * What one pass over a text has found out: which words of rules it holds, which classes of bytes,
 * and which marks (short texts) that make a transformation change it. Kept as bits; their meaning
 * is known to the analyzer that made the record.
 */
export class TextRecord {
  readonly text: string;
  /** The analyzer that knows what the bits mean. */
  readonly owner: object;
  readonly words: BitSet;
  readonly bytesLow: number;
  readonly bytesHigh: number;
  readonly marks: number;
  /** True for a record that outlives the request, so that it pays to keep results in it. */
  readonly isShared: boolean;
  /** Which joint patterns were tried on the text, as bits, and which of them match. */
  jointsTried = 0;
  jointsMatching = 0;
  #next: (TextRecord | undefined)[] | null = null;
  #outcomes: Map<number, Outcome> | null = null;

  constructor(
    text: string,
    owner: object,
    words: BitSet,
    bytesLow: number,
    bytesHigh: number,
    marks: number,
    isShared: boolean,
  ) {
    this.text = text;
    this.owner = owner;
    this.words = words;
    this.bytesLow = bytesLow;
    this.bytesHigh = bytesHigh;
    this.marks = marks;
    this.isShared = isShared;
  }

  /** The record of what a transformation, by its number, makes of the text, if it is known. */
  next(transformation: number): TextRecord | undefined {
    return this.#next === null ? undefined : this.#next[transformation];
  }

  setNext(transformation: number, record: TextRecord): void {
    this.#next ??= [];
    this.#next[transformation] = record;
  }

  /** What a pure operator, by its number, said of the text, if it is known. */
  outcome(operator: number): Outcome | undefined {
    return this.#outcomes === null ? undefined : this.#outcomes.get(operator);
  }

  setOutcome(operator: number, outcome: Outcome): void {
    this.#outcomes ??= new Map();
    this.#outcomes.set(operator, outcome);
  }
}
