import { BYTE, MATCH, NEXT, PREVIOUS, SPLIT, type Program } from './program.ts';

const NOT_YET = -1;

/**
 * For an instruction and the kind of the symbol before it, the instructions that wait for a
 * symbol (BYTE and NEXT) and are reachable without one. Computed when first asked for.
 */
export class ClosureTable {
  /**
   * Closures one after another, each as its length and then its members. The length is
   * complemented where the end of the pattern is reachable too.
   */
  data = new Int32Array(64);

  readonly #program: Program;
  /** `allows[kind * sets + set]`: whether a previous symbol of the kind is in the set. */
  readonly #allows: Uint8Array;
  readonly #offsets: Int32Array;
  readonly #seen: Int32Array;
  readonly #stack: Int32Array;
  #generation = 0;
  #used = 0;

  constructor(program: Program, allows: Uint8Array, kinds: number) {
    this.#program = program;
    this.#allows = allows;
    this.#offsets = new Int32Array(program.size * kinds).fill(NOT_YET);
    this.#seen = new Int32Array(program.size);
    this.#stack = new Int32Array(program.size + 1);
  }

  /** The offset in `data` of a closure's length. */
  offsetOf(entry: number, kind: number): number {
    const offset = this.#offsets[kind * this.#program.size + entry]!;
    return offset === NOT_YET ? this.#compute(entry, kind) : offset;
  }

  #compute(entry: number, kind: number): number {
    const offset = this.#used;
    this.#offsets[kind * this.#program.size + entry] = offset;
    let matched = false;
    this.#append(0);
    this.#generation++;
    let top = 0;
    this.#stack[top++] = entry;
    while (top > 0) {
      const at = this.#stack[--top]!;
      if (this.#seen[at] === this.#generation) continue;
      this.#seen[at] = this.#generation;
      const next = this.#program.next[at]!;
      const argument = this.#program.argument[at]!;
      switch (this.#program.operation[at]) {
        case BYTE:
        case NEXT:
          this.#append(at);
          break;
        case MATCH:
          matched = true;
          break;
        case SPLIT:
          this.#stack[top++] = argument;
          this.#stack[top++] = next;
          break;
        case PREVIOUS:
          if (this.#allows[kind * this.#program.sets.length + argument] === 1) {
            this.#stack[top++] = next;
          }
          break;
        default:
          this.#stack[top++] = next;
          break;
      }
    }
    const length = this.#used - offset - 1;
    this.data[offset] = matched ? ~length : length;
    return offset;
  }

  #append(value: number): void {
    if (this.#used === this.data.length) {
      const larger = new Int32Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.#used++] = value;
  }
}
