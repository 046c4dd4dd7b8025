import { EDGE, FINAL_NEWLINE, SYMBOLS, type SymbolSet } from './symbolSet.ts';

/** Symbols that no set of a pattern tells apart, numbered from 0. */
export interface Alphabet {
  readonly size: number;
  /** The class of each of the 258 symbols. */
  readonly classOf: Uint16Array;
  readonly finalNewline: number;
  readonly edge: number;
  /** `accepts[set * size + class]` is 1 where the set holds the class. */
  readonly accepts: Uint8Array;
}

export function alphabetOf(sets: readonly SymbolSet[]): Alphabet {
  const classOf = partition(sets);
  const size = classOf.reduce((most, symbolClass) => Math.max(most, symbolClass), 0) + 1;
  const accepts = new Uint8Array(sets.length * size);
  sets.forEach((set, index) => {
    for (let symbol = 0; symbol < SYMBOLS; symbol++) {
      accepts[index * size + classOf[symbol]!] = set[symbol]!;
    }
  });
  return {
    size,
    classOf,
    finalNewline: classOf[FINAL_NEWLINE]!,
    edge: classOf[EDGE]!,
    accepts,
  };
}

/** Refines one class of everything by each set in turn. The edge stays alone: it is no byte. */
function partition(sets: readonly SymbolSet[]): Uint16Array {
  const classOf = new Uint16Array(SYMBOLS);
  classOf[EDGE] = 1;
  let count = 2;
  for (const set of sets) {
    const inside = new Map<number, number>();
    const outside = new Set<number>();
    for (let s = 0; s < SYMBOLS; s++) if (set[s] === 0) outside.add(classOf[s]!);
    for (let s = 0; s < SYMBOLS; s++) {
      const old = classOf[s]!;
      if (set[s] === 0 || !outside.has(old)) continue;
      const split = inside.get(old) ?? count++;
      inside.set(old, split);
      classOf[s] = split;
    }
  }
  return classOf;
}
