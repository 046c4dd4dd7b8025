import type { TextRecord } from '../../request/textRecord.ts';

const RECORDS_MAX = 4096;

/**
 * Records of short texts that come again in other requests: names, methods, common values. Holds at
 * most two generations; when the young one is full it becomes the old one.
 */
export class RecordCache {
  #young = new Map<string, TextRecord>();
  #old = new Map<string, TextRecord>();

  get(text: string): TextRecord | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    if (old !== undefined) this.set(text, old);
    return old;
  }

  set(text: string, record: TextRecord): void {
    if (this.#young.size >= RECORDS_MAX) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, record);
  }
}
