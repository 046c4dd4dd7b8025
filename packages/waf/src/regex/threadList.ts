/** Threads of one input position in order of preference, each with its capture slots. */
export class ThreadList {
  readonly instructions: Int32Array;
  length = 0;
  readonly #slots: number;
  readonly #captures: Int32Array;
  readonly #seen: Int32Array;
  #generation = 1;

  constructor(size: number, slots: number) {
    this.instructions = new Int32Array(size);
    this.#slots = slots;
    this.#captures = new Int32Array(size * slots);
    this.#seen = new Int32Array(size);
  }

  clear(): void {
    this.length = 0;
    this.#generation++;
  }

  /** True the first time it is asked for an instruction since `clear`. */
  enter(instruction: number): boolean {
    if (this.#seen[instruction] === this.#generation) return false;
    this.#seen[instruction] = this.#generation;
    return true;
  }

  push(instruction: number, captures: Int32Array): void {
    const base = this.length * this.#slots;
    for (let slot = 0; slot < this.#slots; slot++) this.#captures[base + slot] = captures[slot]!;
    this.instructions[this.length++] = instruction;
  }

  copyCaptures(thread: number, to: Int32Array): void {
    const base = thread * this.#slots;
    for (let slot = 0; slot < this.#slots; slot++) to[slot] = this.#captures[base + slot]!;
  }
}
