import type { Alphabet } from './alphabet.ts';
import { PREVIOUS, type Program } from './program.ts';

/** Classes of symbols that no assertion about the previous symbol tells apart. */
export interface SymbolKinds {
  readonly count: number;
  /** The kind of each class. */
  readonly kindOf: Uint16Array;
  /** `allows[kind * sets + set]`, for the sets of such assertions. */
  readonly allows: Uint8Array;
}

export function symbolKinds(program: Program, alphabet: Alphabet): SymbolKinds {
  const asked = new Set<number>();
  for (let at = 0; at < program.size; at++) {
    if (program.operation[at] === PREVIOUS) asked.add(program.argument[at]!);
  }
  const kindOf = new Uint16Array(alphabet.size);
  const kinds = new Map<string, number>();
  const allows: number[] = [];
  for (let symbolClass = 0; symbolClass < alphabet.size; symbolClass++) {
    const answers = program.sets.map((_, set) =>
      asked.has(set) ? alphabet.accepts[set * alphabet.size + symbolClass]! : 0,
    );
    const signature = answers.join('');
    if (!kinds.has(signature)) {
      kinds.set(signature, kinds.size);
      allows.push(...answers);
    }
    kindOf[symbolClass] = kinds.get(signature)!;
  }
  return { count: kinds.size, kindOf, allows: Uint8Array.from(allows) };
}
