/** No word of any rule. */
export const NO_WORDS = new Uint32Array(0);

/**
 * What one pass over a text has found out: which words of rules it holds, which classes of bytes,
 * and which marks (short texts) that make a transformation change it. Kept as bits; their meaning
 * is known to the analyzer that made the record.
 */
export class TextRecord {
  readonly text: string;
  /** The analyzer that knows what the bits mean. */
  readonly owner: object;
  readonly words: Uint32Array;
  readonly bytesLow: number;
  readonly bytesHigh: number;
  readonly marks: number;
  /** The records of what transformations make of the text, by the transformation's number. */
  readonly next: (TextRecord | undefined)[] = [];
  /** Which joint patterns were tried on the text, as bits, and which of them match. */
  jointsTried = 0;
  jointsMatching = 0;
  /** What pure operators said of the text, by the operator's number; null when none is kept. */
  results: Map<number, boolean> | null;

  constructor(
    text: string,
    owner: object,
    words: Uint32Array,
    bytes: readonly [low: number, high: number],
    marks: number,
    keepsResults: boolean,
  ) {
    this.text = text;
    this.owner = owner;
    this.words = words;
    this.bytesLow = bytes[0];
    this.bytesHigh = bytes[1];
    this.marks = marks;
    this.results = keepsResults ? new Map() : null;
  }
}
