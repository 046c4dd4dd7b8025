import type { HeaderList } from '../domain/received.ts';

/**
 * The headers of one message over the parser's own flat list: names are put into lower case in place, pairs are made
 * only when somebody asks for all of them.
 */
export class RawHeaderList implements HeaderList {
  readonly #flat: string[];
  #pairs: readonly (readonly [name: string, value: string])[] | null = null;

  /** Takes over `flat`: name, value, name, value. */
  constructor(flat: string[]) {
    for (let index = 0; index < flat.length; index += 2) flat[index] = flat[index]!.toLowerCase();
    this.#flat = flat;
  }

  get pairs(): readonly (readonly [name: string, value: string])[] {
    if (this.#pairs !== null) return this.#pairs;
    const pairs: (readonly [string, string])[] = [];
    for (let index = 0; index < this.#flat.length; index += 2) {
      pairs.push([this.#flat[index]!, this.#flat[index + 1]!]);
    }
    this.#pairs = pairs;
    return pairs;
  }

  get(name: string): string | undefined {
    const flat = this.#flat;
    for (let index = 0; index < flat.length; index += 2) {
      if (flat[index] === name) return flat[index + 1];
    }
    return undefined;
  }

  /** The first of `names` that stands here more than once, or null. One pass. */
  findDuplicate(names: ReadonlyMap<string, number>): string | null {
    const flat = this.#flat;
    let seen = 0;
    for (let index = 0; index < flat.length; index += 2) {
      const bit = names.get(flat[index]!);
      if (bit === undefined) continue;
      if ((seen & bit) !== 0) return flat[index]!;
      seen |= bit;
    }
    return null;
  }
}
