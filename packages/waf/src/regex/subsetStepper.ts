import { alphabetOf, type Alphabet } from './alphabet.ts';
import { Closure } from './closure.ts';
import { NEXT, PREVIOUS, type Program } from './program.ts';

/** What the pattern's start contributes where a symbol of one kind comes before. */
interface StartSet {
  readonly members: Int32Array;
  readonly matched: boolean;
  /** Those of `members` that are copies of a counted repeat. */
  readonly copies: Int32Array;
}

/** Where the start set gets to on one symbol. */
interface StartStep {
  readonly members: Int32Array;
  readonly matched: boolean;
  /** No thread took the symbol. */
  readonly clean: boolean;
}

/**
 * The subset construction of an unanchored search, one step at a time. A set is what waits for
 * the next symbol, without what the pattern's start adds at every position; with it goes the kind
 * of the symbol before. Serves the lazy automaton and the plain simulation alike. The program has
 * neither look-arounds nor back-references.
 */
export class SubsetStepper {
  readonly alphabet: Alphabet;
  /** The kind of a class, for the classes that no assertion about the previous symbol tells apart. */
  readonly kindOf: Uint8Array;
  readonly kinds: number;
  /** The result of the last step, in ascending order. */
  readonly result: Int32Array;
  resultLength = 0;
  /** The last step killed every thread, those begun right before its symbol too. */
  resultIsClean = false;

  readonly #program: Program;
  /** At the position of the last symbol, after assertions about it have passed. */
  readonly #here: Closure;
  readonly #after: Closure;
  readonly #starts: (StartSet | undefined)[] = [];
  readonly #startSteps: (StartStep | undefined)[] = [];
  readonly #bestCopy: Int32Array;

  constructor(program: Program) {
    this.#program = program;
    this.alphabet = alphabetOf(program.sets);
    const { kindOf, kinds, allows } = kindsOf(program, this.alphabet);
    this.kindOf = kindOf;
    this.kinds = kinds;
    this.#here = new Closure(program, allows);
    this.#after = new Closure(program, allows);
    this.result = this.#after.members;
    this.#bestCopy = new Int32Array(program.copyCount);
  }

  /** Instructions visited since the last call. */
  takeWork(): number {
    const work = this.#here.work + this.#after.work;
    this.#here.work = this.#after.work = 0;
    return work;
  }

  /** Whether an empty match exists where a symbol of `kind` comes before. */
  startMatches(kind: number): boolean {
    return this.#start(kind).matched;
  }

  /** Whether a search that has lost every thread can begin anew after some byte. */
  canRestart(): boolean {
    return this.kindOf.some((kind, symbolClass) => {
      if (symbolClass === this.alphabet.edge) return false;
      const start = this.#start(kind);
      return start.members.length > 0 || start.matched;
    });
  }

  /** Steps over one symbol into `result`; true when a match ends at it or before it. */
  step(set: Int32Array, length: number, kind: number, symbolClass: number): boolean {
    const kindAfter = this.kindOf[symbolClass]!;
    const startStep = this.#startStep(kind, symbolClass);
    const start = this.#start(kindAfter);
    if (startStep.matched || start.matched) return true;
    this.#here.begin();
    this.#after.begin();
    this.#after.exclude(start.members);
    this.#after.addMembers(startStep.members);
    this.resultIsClean = startStep.clean;
    this.#consume(set, length, kind, symbolClass, kindAfter);
    if (this.#here.matched || this.#after.matched) return true;
    this.resultLength = this.#after.length;
    if (this.#bestCopy.length > 0) this.#dropLesserCopies(start.copies);
    sortAscending(this.result, this.resultLength);
    return false;
  }

  #consume(
    set: Int32Array,
    length: number,
    kind: number,
    symbolClass: number,
    kindAfter: number,
  ): void {
    const here = this.#here;
    here.work += length;
    for (let i = 0; i < length; i++) this.#consumeOne(set[i]!, kind, symbolClass, kindAfter);
    for (let i = 0; i < here.length; i++) {
      this.#consumeOne(here.members[i]!, kind, symbolClass, kindAfter);
    }
  }

  #consumeOne(at: number, kind: number, symbolClass: number, kindAfter: number): void {
    const { operation, argument, next } = this.#program;
    const { accepts, size } = this.alphabet;
    if (accepts[argument[at]! * size + symbolClass] === 0) return;
    if (operation[at] === NEXT) {
      this.#here.add(next[at]!, kind);
    } else {
      this.resultIsClean = false;
      this.#after.add(next[at]!, kindAfter);
    }
  }

  #start(kind: number): StartSet {
    const known = this.#starts[kind];
    if (known !== undefined) return known;
    const closure = this.#after;
    closure.begin();
    closure.add(this.#program.start, kind);
    const members = closure.members.slice(0, closure.length);
    const copies = members.filter((at) => this.#program.copyOf[at] !== -1);
    return (this.#starts[kind] = { members, matched: closure.matched, copies });
  }

  #startStep(kind: number, symbolClass: number): StartStep {
    const index = kind * this.alphabet.size + symbolClass;
    const known = this.#startSteps[index];
    if (known !== undefined) return known;
    const kindAfter = this.kindOf[symbolClass]!;
    const start = this.#start(kind);
    const excluded = this.#start(kindAfter);
    this.#here.begin();
    this.#after.begin();
    this.#after.exclude(excluded.members);
    this.resultIsClean = true;
    this.#consume(start.members, start.members.length, kind, symbolClass, kindAfter);
    return (this.#startSteps[index] = {
      members: this.#after.members.slice(0, this.#after.length),
      matched: this.#here.matched || this.#after.matched || start.matched,
      clean: this.resultIsClean,
    });
  }

  /** Of the copies of one place in a counted repeat the earliest (the highest) can do what all can. */
  #dropLesserCopies(startCopies: Int32Array): void {
    const { copyOf } = this.#program;
    const best = this.#bestCopy;
    const members = this.result;
    const length = this.resultLength;
    for (let i = 0; i < length; i++) if (copyOf[members[i]!]! >= 0) best[copyOf[members[i]!]!] = -1;
    for (const at of startCopies) best[copyOf[at]!] = at;
    for (let i = 0; i < length; i++) {
      const copy = copyOf[members[i]!]!;
      if (copy >= 0 && members[i]! > best[copy]!) best[copy] = members[i]!;
    }
    let kept = 0;
    for (let i = 0; i < length; i++) {
      const copy = copyOf[members[i]!]!;
      if (copy < 0 || best[copy] === members[i]) members[kept++] = members[i]!;
    }
    this.resultLength = kept;
  }
}

function kindsOf(
  program: Program,
  alphabet: Alphabet,
): { kindOf: Uint8Array; kinds: number; allows: Uint8Array } {
  const asked = new Set<number>();
  for (let at = 0; at < program.size; at++) {
    if (program.operation[at] === PREVIOUS) asked.add(program.argument[at]!);
  }
  const kindOf = new Uint8Array(alphabet.size);
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
  return { kindOf, kinds: kinds.size, allows: Uint8Array.from(allows) };
}

const INSERTION_SORT_MAX = 24;

function sortAscending(values: Int32Array, length: number): void {
  if (length > INSERTION_SORT_MAX) {
    values.subarray(0, length).sort();
    return;
  }
  for (let i = 1; i < length; i++) {
    const value = values[i]!;
    let j = i - 1;
    for (; j >= 0 && values[j]! > value; j--) values[j + 1] = values[j]!;
    values[j + 1] = value;
  }
}
