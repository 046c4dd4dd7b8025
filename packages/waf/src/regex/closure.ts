import { BYTE, MATCH, NEXT, PREVIOUS, SPLIT, type Program } from './program.ts';

/**
 * Collects the instructions that wait for a symbol (BYTE and NEXT), reachable without one. One
 * position of the input at a time: `begin`, then any number of `add`.
 */
export class Closure {
  /** The waiting instructions found, `members[0]` to `members[length - 1]`. */
  readonly members: Int32Array;
  length = 0;
  /** The end of the pattern was reached. */
  matched = false;
  /** Instructions visited since the owner last set it to 0. */
  work = 0;

  readonly #program: Program;
  /** `allows[kind * sets + set]`: whether a previous symbol of the kind is in the set. */
  readonly #allows: Uint8Array;
  readonly #seen: Int32Array;
  readonly #stack: Int32Array;
  #generation = 0;

  constructor(program: Program, allows: Uint8Array) {
    this.#program = program;
    this.#allows = allows;
    this.members = new Int32Array(program.size);
    this.#seen = new Int32Array(program.size);
    this.#stack = new Int32Array(program.size + 1);
  }

  begin(): void {
    this.#generation++;
    this.length = 0;
    this.matched = false;
  }

  /** Leaves these instructions out of `members`. */
  exclude(instructions: Int32Array): void {
    for (const at of instructions) this.#seen[at] = this.#generation;
  }

  /** Takes in instructions that are known to wait. */
  addMembers(instructions: Int32Array): void {
    for (const at of instructions) {
      if (this.#seen[at] === this.#generation) continue;
      this.#seen[at] = this.#generation;
      this.members[this.length++] = at;
    }
  }

  /** Follows everything from `entry`; `kind` is that of the symbol before this position. */
  add(entry: number, kind: number): void {
    const { operation, argument, next, sets } = this.#program;
    const seen = this.#seen;
    const stack = this.#stack;
    const generation = this.#generation;
    let top = 0;
    let at = entry;
    for (;;) {
      this.work++;
      let following = -1;
      if (seen[at] !== generation) {
        seen[at] = generation;
        switch (operation[at]) {
          case BYTE:
          case NEXT:
            this.members[this.length++] = at;
            break;
          case SPLIT:
            stack[top++] = argument[at]!;
            following = next[at]!;
            break;
          case PREVIOUS:
            if (this.#allows[kind * sets.length + argument[at]!] === 1) following = next[at]!;
            break;
          case MATCH:
            this.matched = true;
            break;
          default:
            following = next[at]!;
            break;
        }
      }
      if (following >= 0) at = following;
      else if (top > 0) at = stack[--top]!;
      else return;
    }
  }
}
