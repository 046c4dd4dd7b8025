/** A set of bytes as classes in two words of 31 bits. */
export interface ByteMask {
  readonly low: number;
  readonly high: number;
}

export const NO_BYTES: ByteMask = { low: 0, high: 0 };

const CLASSES_PER_WORD = 31;
const CLASSES_MAX = 2 * CLASSES_PER_WORD;

/**
 * Splits the 256 bytes into classes such that each set asked for is a union of classes. When there
 * would be too many, sets that come late are rounded up to whole classes.
 */
export class ByteClasses {
  readonly #classOf = new Uint8Array(256);
  #count = 1;

  /** Refine the classes by a set of byte values. Must be called for all sets before any mask is taken. */
  add(bytes: Iterable<number>): void {
    const members = new Map<number, number[]>();
    for (const byte of new Set(bytes)) {
      const current = this.#classOf[byte] ?? 0;
      const list = members.get(current);
      if (list === undefined) members.set(current, [byte]);
      else list.push(byte);
    }
    for (const [current, list] of members) {
      const isWhole = this.#classOf.every(
        (other, byte) => other !== current || list.includes(byte),
      );
      if (isWhole || this.#count >= CLASSES_MAX) continue;
      for (const byte of list) this.#classOf[byte] = this.#count;
      this.#count++;
    }
  }

  /** The classes that the set touches. */
  mask(bytes: Iterable<number>): ByteMask {
    let low = 0;
    let high = 0;
    for (const byte of bytes) {
      const index = this.#classOf[byte] ?? 0;
      if (index < CLASSES_PER_WORD) low |= 1 << index;
      else high |= 1 << (index - CLASSES_PER_WORD);
    }
    return { low, high };
  }

  /** For each byte its mask, as two tables. */
  tables(): { low: Int32Array; high: Int32Array } {
    const masks = Array.from({ length: 256 }, (_, byte) => this.mask([byte]));
    return {
      low: Int32Array.from(masks, ({ low }) => low),
      high: Int32Array.from(masks, ({ high }) => high),
    };
  }
}

/** Both cases of the letters of a text, as byte values. */
export function bothCases(text: string): number[] {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    codes.push(code);
    const lower = code | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) codes.push(code ^ 0x20);
  }
  return codes;
}
