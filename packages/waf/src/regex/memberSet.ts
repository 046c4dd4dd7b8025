/** A set of instructions at one position of the input; emptied at no cost. */
export class MemberSet {
  /** `members[0]` to `members[length - 1]`. */
  readonly members: Int32Array;
  length = 0;
  readonly #seen: Int32Array;
  #generation = 0;

  constructor(size: number) {
    this.members = new Int32Array(size);
    this.#seen = new Int32Array(size);
  }

  clear(): void {
    this.#generation++;
    this.length = 0;
  }

  /** Keeps these out until the next `clear`. */
  exclude(instructions: Int32Array): void {
    for (let i = 0; i < instructions.length; i++) this.#seen[instructions[i]!] = this.#generation;
  }

  isEntered(instruction: number): boolean {
    return this.#seen[instruction] === this.#generation;
  }

  /** Notes that all an instruction leads to is in, or the instruction itself. */
  markEntered(instruction: number): void {
    this.#seen[instruction] = this.#generation;
  }

  /** Adds `data[from]` to `data[to - 1]`. */
  add(data: Int32Array, from: number, to: number): void {
    const seen = this.#seen;
    const generation = this.#generation;
    let length = this.length;
    for (let i = from; i < to; i++) {
      const at = data[i]!;
      if (seen[at] === generation) continue;
      seen[at] = generation;
      this.members[length++] = at;
    }
    this.length = length;
  }
}
