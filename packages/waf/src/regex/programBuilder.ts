import {
  BACKREFERENCE,
  LOOK,
  MATCH,
  SAVE,
  SPLIT,
  type LookProgram,
  type Program,
} from './program.ts';
import { RegexSyntaxError } from './regexSyntaxError.ts';
import { contentOf, type SymbolSet } from './symbolSet.ts';

/** Instructions of one pattern; each may be visited once per input byte in the worst case. */
const PROGRAM_SIZE_MAX = 20_000;

/** Emits instructions from the end of a pattern to its begin, so that every target is known. */
export class ProgramBuilder {
  readonly looks: LookProgram[] = [];
  readonly #operation: number[] = [];
  readonly #argument: number[] = [];
  readonly #next: number[] = [];
  readonly #copyOf: number[] = [];
  readonly #sets: SymbolSet[] = [];
  readonly #setIndex = new Map<SymbolSet | string, number>();
  #copyCount = 0;

  get size(): number {
    return this.#operation.length;
  }

  match(): number {
    return this.#emit(MATCH, 0, -1);
  }

  /** @param operation BYTE, NEXT or PREVIOUS. */
  test(operation: number, set: SymbolSet, next: number): number {
    return this.#emit(operation, this.#internSet(set), next);
  }

  save(slot: number, next: number): number {
    return this.#emit(SAVE, slot, next);
  }

  split(preferred: number, other: number): number {
    return this.#emit(SPLIT, other, preferred);
  }

  /** A split whose branch into the loop is given by `closeLoop`. */
  openLoop(exit: number, greedy: boolean): number {
    return greedy ? this.#emit(SPLIT, exit, -1) : this.#emit(SPLIT, -1, exit);
  }

  closeLoop(split: number, body: number): void {
    if (this.#next[split] === -1) this.#next[split] = body;
    else this.#argument[split] = body;
  }

  look(look: LookProgram, next: number): number {
    this.looks.push(look);
    return this.#emit(LOOK, this.looks.length - 1, next);
  }

  backreference(group: number, ignoreCase: boolean, next: number): number {
    return this.#emit(BACKREFERENCE, 2 * group + Number(ignoreCase), next);
  }

  /** Names the instructions of equal place in the equal-sized ranges `[starts[k], starts[k] + size)`. */
  nameCopies(starts: readonly number[], size: number): void {
    for (let place = 0; place < size; place++) {
      if (this.#copyOf[starts[0]! + place] !== -1) continue;
      for (const start of starts) this.#copyOf[start + place] = this.#copyCount;
      this.#copyCount++;
    }
  }

  build(start: number, slots: number): Program {
    return {
      size: this.size,
      start,
      operation: Uint8Array.from(this.#operation),
      argument: Int32Array.from(this.#argument),
      next: Int32Array.from(this.#next),
      sets: this.#sets,
      looks: this.looks,
      slots,
      copyOf: Int32Array.from(this.#copyOf),
      copyCount: this.#copyCount,
    };
  }

  #emit(operation: number, argument: number, next: number): number {
    if (this.size >= PROGRAM_SIZE_MAX) {
      throw new RegexSyntaxError(`pattern needs more than ${PROGRAM_SIZE_MAX} instructions`, 0);
    }
    this.#operation.push(operation);
    this.#argument.push(argument);
    this.#next.push(next);
    this.#copyOf.push(-1);
    return this.size - 1;
  }

  #internSet(set: SymbolSet): number {
    const known = this.#setIndex.get(set);
    if (known !== undefined) return known;
    const content = contentOf(set);
    const index = this.#setIndex.get(content) ?? this.#sets.push(set) - 1;
    this.#setIndex.set(set, index);
    this.#setIndex.set(content, index);
    return index;
  }
}
