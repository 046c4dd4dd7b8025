import type { Entry } from '../../request/entry.ts';
import { BitSetUnion } from '../../request/bitSet.ts';
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
  /** Which outputs the pass under way has met; the empty one never counts. */
  readonly #isMet: Uint8Array;
  /** The outputs met, each once, and room for one more. */
  readonly #met: Int32Array;

  constructor(automaton: WordAutomaton, classes: ByteClasses) {
    const { low, high } = classes.tables();
    this.#automaton = automaton;
    this.#low = low;
    this.#high = high;
    this.#isMet = new Uint8Array(automaton.outputs.length);
    this.#isMet[0] = 1;
    this.#met = new Int32Array(automaton.outputs.length + 1);
  }

  /** The record of an entry's value; a short one may come from an earlier request. */
  record({ key, value }: Entry, budget: Budget): TextRecord {
    budget.left -= value.length + STEPS.text;
    if (value.length > (key === value ? CACHED_NAME_CHARS_MAX : CACHED_VALUE_CHARS_MAX)) {
      return this.#scan(value, false);
    }
    const known = this.#cache.get(value);
    if (known !== undefined) return known;
    const isShared = this.#cache.comesAgain(value);
    const record = this.#scan(value, isShared);
    if (isShared) this.#cache.set(value, record);
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
    const isMet = this.#isMet;
    const met = this.#met;
    let bytesLow = 0;
    let bytesHigh = 0;
    let count = 0;
    let row = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at) & 0xff;
      bytesLow |= low[code]!;
      bytesHigh |= high[code]!;
      row = rows[row + columns[code]!]!;
      const output = rows[row + outputColumn]!;
      // No branch: where words end cannot be foretold, and a wrong guess costs more than these writes.
      met[count] = output;
      count += 1 - isMet[output]!;
      isMet[output] = 1;
    }
    let marks = 0;
    const words = new BitSetUnion();
    for (let index = 0; index < count; index++) {
      const output = met[index]!;
      isMet[output] = 0;
      marks |= outputs[output]!.marks;
      words.add(outputs[output]!.tests);
    }
    return new TextRecord(text, this, words.bits, bytesLow, bytesHigh, marks, isShared);
  }
}
