/** Where a word stands in a text. */
export interface Found {
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds words in text in one pass, without regard to ASCII case (Aho and Corasick, 1975), as a
 * complete automaton: one table step for every byte of the text.
 */
export class AhoCorasick {
  /** Column of each byte in the table; column 0 stands for every byte that no word has. */
  readonly columns: Uint8Array;
  readonly columnCount: number;
  /** `next[state * columnCount + column]`, states counting from 0, the start. */
  readonly next: Int32Array;
  /** The longest word that ends in each state, or -1. */
  readonly ends: Int32Array;
  /** The state of the next shorter suffix in which a word ends, or 0. */
  readonly outputs: Int32Array;
  readonly #lengths: Int32Array;

  /** The words are lower-case and not empty. */
  constructor(words: readonly string[]) {
    this.#lengths = Int32Array.from(words, (word) => word.length);
    this.columns = columnsOf(words);
    this.columnCount = this.columns.reduce((most, column) => Math.max(most, column), 0) + 1;
    const statesMax = words.reduce((sum, word) => sum + word.length, 1);
    const trie = new Int32Array(statesMax * this.columnCount);
    const ends = new Int32Array(statesMax).fill(-1);
    const stateCount = this.#plant(words, trie, ends);
    this.next = trie.slice(0, stateCount * this.columnCount);
    this.ends = ends.slice(0, stateCount);
    this.outputs = new Int32Array(stateCount);
    this.#connect();
  }

  /** The word that ends first; of several that end there, the longest. */
  first(text: string): Found | null {
    const { columns, columnCount, next, ends, outputs } = this;
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = next[state * columnCount + (columns[text.charCodeAt(at)] ?? 0)] ?? 0;
      const word = ends[state] ?? -1;
      const found = word >= 0 ? word : (ends[outputs[state] ?? 0] ?? -1);
      if (found >= 0) {
        return { word: found, start: at + 1 - (this.#lengths[found] ?? 0), end: at + 1 };
      }
    }
    return null;
  }

  #plant(words: readonly string[], trie: Int32Array, ends: Int32Array): number {
    let stateCount = 1;
    for (const [index, word] of words.entries()) {
      let state = 0;
      for (let at = 0; at < word.length; at++) {
        const cell = state * this.columnCount + (this.columns[word.charCodeAt(at)] ?? 0);
        if (trie[cell] === 0) trie[cell] = stateCount++;
        state = trie[cell] ?? 0;
      }
      ends[state] = index;
    }
    return stateCount;
  }

  /** Turn the trie into a complete automaton, states in order of depth. */
  #connect(): void {
    const { next, columnCount, ends, outputs } = this;
    const failures = new Int32Array(ends.length);
    const queue = new Int32Array(ends.length);
    let queued = 0;
    for (let column = 0; column < columnCount; column++) {
      const child = next[column] ?? 0;
      if (child !== 0) queue[queued++] = child;
    }
    for (let index = 0; index < queued; index++) {
      const state = queue[index] ?? 0;
      const failure = failures[state] ?? 0;
      outputs[state] = (ends[failure] ?? -1) >= 0 ? failure : (outputs[failure] ?? 0);
      for (let column = 0; column < columnCount; column++) {
        const cell = state * columnCount + column;
        const child = next[cell] ?? 0;
        const fallback = next[failure * columnCount + column] ?? 0;
        if (child === 0) next[cell] = fallback;
        else {
          failures[child] = fallback;
          queue[queued++] = child;
        }
      }
    }
  }
}

function columnsOf(words: readonly string[]): Uint8Array {
  const columns = new Uint8Array(256);
  let count = 0;
  for (const word of words) {
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      if (columns[code] === 0) columns[code] = ++count;
    }
  }
  for (let code = 0x41; code <= 0x5a; code++) columns[code] = columns[code + 0x20] ?? 0;
  return columns;
}
