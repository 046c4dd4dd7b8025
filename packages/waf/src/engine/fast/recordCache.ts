import type { TextRecord } from '../../request/textRecord.ts';

const RECORDS_MAX = 4096;
const FINGERPRINTS = 16_384;

/**
 * Records of short texts that come again in other requests: names, methods, common values. Holds at
 * most two generations; when the young one is full it becomes the old one. A text has a place from
 * the second time on, so that ids and the like, which never come again, drive nothing out.
 */
export class RecordCache {
  readonly #fingerprints = new Int32Array(FINGERPRINTS);
  #young = new Map<string, TextRecord>();
  #old = new Map<string, TextRecord>();

  get(text: string): TextRecord | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    if (old !== undefined) this.set(text, old);
    return old;
  }

  /** Whether a text came before, not too long ago; from now on it did. */
  comesAgain(text: string): boolean {
    let fingerprint = text.length;
    for (let at = 0; at < text.length; at++) {
      fingerprint = (Math.imul(fingerprint, 31) + text.charCodeAt(at)) | 0;
    }
    const place = (fingerprint ^ (fingerprint >>> 15)) & (FINGERPRINTS - 1);
    const isKnown = this.#fingerprints[place] === fingerprint;
    this.#fingerprints[place] = fingerprint;
    return isKnown;
  }

  set(text: string, record: TextRecord): void {
    if (this.#young.size >= RECORDS_MAX) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, record);
  }
}
