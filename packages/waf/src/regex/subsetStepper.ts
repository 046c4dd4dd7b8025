import { alphabetOf, type Alphabet } from './alphabet.ts';
import { ClosureTable } from './closureTable.ts';
import { MemberSet } from './memberSet.ts';
import { NEXT, type Program } from './program.ts';
import { symbolKinds } from './symbolKinds.ts';

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
  /** The kind of each class of symbols, as `symbolKinds` has it. */
  readonly kindOf: Uint16Array;
  readonly kinds: number;
  /** The set after the last step: `result[0]` to `result[resultLength - 1]`, in no order. */
  readonly result: Int32Array;
  resultLength = 0;
  /** The last step killed every thread, those begun right before its symbol too. */
  resultIsClean = false;

  readonly #program: Program;
  readonly #closures: ClosureTable;
  /** At the position of the last symbol, after assertions about it have passed. */
  readonly #here: MemberSet;
  readonly #after: MemberSet;
  readonly #starts: (StartSet | undefined)[] = [];
  readonly #startSteps: (StartStep | undefined)[] = [];
  readonly #bestCopy: Int32Array;
  #matched = false;
  #work = 0;

  constructor(program: Program) {
    this.#program = program;
    this.alphabet = alphabetOf(program.sets);
    const { kindOf, count, allows } = symbolKinds(program, this.alphabet);
    this.kindOf = kindOf;
    this.kinds = count;
    this.#closures = new ClosureTable(program, allows, count);
    this.#here = new MemberSet(program.size);
    this.#after = new MemberSet(program.size);
    this.result = this.#after.members;
    this.#bestCopy = new Int32Array(program.copyCount);
  }

  /** Instructions visited since the last call. */
  takeWork(): number {
    const work = this.#work;
    this.#work = 0;
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

  /** Whether a match can begin between a symbol of `kind` and one of `symbolClass`. */
  canBegin(kind: number, symbolClass: number): boolean {
    const { matched, clean } = this.#startStep(kind, symbolClass);
    return matched || !clean;
  }

  /** Steps over one symbol into `result`; true when a match ends at it or before it. */
  step(set: Int32Array, length: number, kind: number, symbolClass: number): boolean {
    const startStep = this.#startStep(kind, symbolClass);
    const start = this.#start(this.kindOf[symbolClass]!);
    if (startStep.matched || start.matched) return true;
    this.#after.clear();
    this.#after.exclude(start.members);
    this.#after.add(startStep.members, 0, startStep.members.length);
    this.#matched = false;
    this.resultIsClean = startStep.clean;
    this.#work += startStep.members.length + start.members.length;
    this.#consume(set, length, kind, symbolClass);
    if (this.#matched) return true;
    this.resultLength = this.#after.length;
    if (this.#bestCopy.length > 0) this.#dropLesserCopies(start.copies);
    return false;
  }

  /** Moves each thread of the set over the symbol. */
  #consume(set: Int32Array, length: number, kind: number, symbolClass: number): void {
    const here = this.#here;
    here.clear();
    this.#consumeAll(set, 0, length, kind, symbolClass);
    for (let done = 0; done < here.length;) {
      const known = here.length;
      this.#consumeAll(here.members, done, known, kind, symbolClass);
      done = known;
    }
  }

  #consumeAll(set: Int32Array, from: number, to: number, kind: number, symbolClass: number): void {
    const { operation, argument, next } = this.#program;
    const { accepts, size } = this.alphabet;
    const kindAfter = this.kindOf[symbolClass]!;
    this.#work += to - from;
    for (let i = from; i < to; i++) {
      const at = set[i]!;
      if (accepts[argument[at]! * size + symbolClass] === 0) continue;
      if (operation[at] === NEXT) {
        this.#enter(this.#here, next[at]!, kind);
      } else {
        this.resultIsClean = false;
        this.#enter(this.#after, next[at]!, kindAfter);
      }
    }
  }

  #enter(members: MemberSet, entry: number, kind: number): void {
    if (members.isEntered(entry)) return;
    const closures = this.#closures;
    const offset = closures.offsetOf(entry, kind);
    let length = closures.data[offset]!;
    if (length < 0) {
      this.#matched = true;
      length = ~length;
    }
    members.add(closures.data, offset + 1, offset + 1 + length);
    members.markEntered(entry);
    this.#work += length;
  }

  #start(kind: number): StartSet {
    const known = this.#starts[kind];
    if (known !== undefined) return known;
    const { start, copyOf } = this.#program;
    this.#matched = false;
    this.#here.clear();
    this.#enter(this.#here, start, kind);
    const members = this.#here.members.slice(0, this.#here.length);
    const copies = members.filter((at) => copyOf[at] !== -1);
    return (this.#starts[kind] = { members, matched: this.#matched, copies });
  }

  #startStep(kind: number, symbolClass: number): StartStep {
    const index = kind * this.alphabet.size + symbolClass;
    const known = this.#startSteps[index];
    if (known !== undefined) return known;
    const { members } = this.#start(kind);
    this.#after.clear();
    this.#after.exclude(this.#start(this.kindOf[symbolClass]!).members);
    this.#matched = this.startMatches(kind);
    this.resultIsClean = true;
    this.#consume(members, members.length, kind, symbolClass);
    return (this.#startSteps[index] = {
      members: this.#after.members.slice(0, this.#after.length),
      matched: this.#matched,
      clean: this.resultIsClean,
    });
  }

  /** Of the copies of one place in a counted repeat the earliest (the highest) can do what all can. */
  #dropLesserCopies(startCopies: Int32Array): void {
    const { copyOf } = this.#program;
    const best = this.#bestCopy;
    const members = this.result;
    const length = this.resultLength;
    for (let i = 0; i < length; i++) {
      const copy = copyOf[members[i]!]!;
      if (copy >= 0) best[copy] = -1;
    }
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
