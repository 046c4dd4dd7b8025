import type { Entry } from '../../request/entry.ts';
import { NO_BITS, union } from '../../request/bitSet.ts';
import { TextRecord } from '../../request/textRecord.ts';
import type { Budget } from '../../regex/regex.ts';
import type { ByteClasses } from './byteClasses.ts';
import type { ChainStep } from './chain.ts';
import { STEPS } from '../options.ts';
import { RecordCache } from './recordCache.ts';
import type { WordAutomaton } from './wordAutomaton.ts';

/** Values up to this length are kept between requests; most secrets are longer. */
const CACHED_VALUE_CHARS_MAX = 32;

/** Names come again and hold no secrets, so longer ones are kept. */
const CACHED_NAME_CHARS_MAX = 96;

/** Finds out in one pass which words, bytes and marks a text holds. */
export class TextAnalyzer {
  readonly #automaton: WordAutomaton;
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  readonly #cache = new RecordCache();
  /** The pass in which each output was last seen, so that it is counted once in a pass. */
  readonly #seen: Int32Array;
  #pass = 0;

  constructor(automaton: WordAutomaton, classes: ByteClasses) {
    const { low, high } = classes.tables();
    this.#automaton = automaton;
    this.#low = low;
    this.#high = high;
    this.#seen = new Int32Array(automaton.outputs.length);
  }

  /** The record of an entry's value; a short one may come from an earlier request. */
  record({ key, value }: Entry, budget: Budget): TextRecord {
    budget.left -= value.length + STEPS.text;
    if (value.length > (key === value ? CACHED_NAME_CHARS_MAX : CACHED_VALUE_CHARS_MAX)) {
      return this.#scan(value, false);
    }
    const known = this.#cache.get(value);
    if (known !== undefined) return known;
    const record = this.#scan(value, true);
    this.#cache.set(value, record);
    return record;
  }

  /** The record of what a transformation makes of a text; computed once for each text. */
  transformed(record: TextRecord, step: ChainStep, budget: Budget): TextRecord {
    const known = record.next(step.number);
    if (known !== undefined) return known;
    const { text } = record;
    budget.left -= 2 * text.length + STEPS.text;
    const output = step.transformation.apply(text);
    const made = output === text ? record : this.#scan(output, record.isShared);
    record.setNext(step.number, made);
    return made;
  }

  #scan(text: string, isShared: boolean): TextRecord {
    const { rows, columns, outputColumn, outputs } = this.#automaton;
    const low = this.#low;
    const high = this.#high;
    const seen = this.#seen;
    const pass = this.#nextPass();
    let bytesLow = 0;
    let bytesHigh = 0;
    let marks = 0;
    let words = NO_BITS;
    let row = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at) & 0xff;
      bytesLow |= low[code]!;
      bytesHigh |= high[code]!;
      row = rows[row + columns[code]!]!;
      const output = rows[row + outputColumn]!;
      if (output === 0 || seen[output] === pass) continue;
      seen[output] = pass;
      const found = outputs[output]!;
      marks |= found.marks;
      words = union(words, found.tests);
    }
    return new TextRecord(text, this, words, bytesLow, bytesHigh, marks, isShared);
  }

  #nextPass(): number {
    if (this.#pass === 0x7fffffff) {
      this.#seen.fill(0);
      this.#pass = 0;
    }
    return ++this.#pass;
  }
}
