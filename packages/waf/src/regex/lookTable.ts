import { spend, type Budget } from './budget.ts';
import { symbolAfter, symbolBefore } from './inputSymbols.ts';
import {
  BYTE,
  LOOK,
  MATCH,
  NEXT,
  PREVIOUS,
  SPLIT,
  type LookProgram,
  type Program,
} from './program.ts';

const VISIT_UNITS = 4;

/** For each position of the input whether a look-around holds there. */
export type LookTable = Uint8Array;

/** The tables of a program's look-arounds; of those with a back-reference an empty one. Null when the budget ran out. */
export function lookTables(program: Program, input: string, budget: Budget): LookTable[] | null {
  const tables: LookTable[] = [];
  for (const look of program.looks) {
    const table = look.hasBackreference ? new Uint8Array(0) : lookTable(look, input, budget);
    if (table === null) return null;
    tables.push(table);
  }
  return tables;
}

function lookTable(look: LookProgram, input: string, budget: Budget): LookTable | null {
  const inner = lookTables(look.program, input, budget);
  if (inner === null) return null;
  const pass = new Pass(look, input, inner);
  return pass.run(budget) ? pass.table : null;
}

/** One pass over the input: forwards for a look-behind, backwards for a look-ahead. */
class Pass {
  readonly table: LookTable;
  readonly #look: LookProgram;
  readonly #input: string;
  readonly #inner: readonly LookTable[];
  /** The position at which an instruction was last visited. */
  readonly #seen: Int32Array;
  readonly #stack: number[] = [];
  #waiting: number[] = [];

  constructor(look: LookProgram, input: string, inner: readonly LookTable[]) {
    this.#look = look;
    this.#input = input;
    this.#inner = inner;
    this.table = new Uint8Array(input.length + 1);
    this.#seen = new Int32Array(look.program.size).fill(-1);
  }

  /** Fills the table; false when the budget ran out. */
  run(budget: Budget): boolean {
    const { ahead, negative } = this.#look;
    const { length } = this.#input;
    for (let count = 0; count <= length; count++) {
      const position = ahead ? length - count : count;
      this.#take(symbolBefore(this.#input, ahead ? position + 1 : position));
      const visits = this.#follow(position);
      if (!spend(budget, VISIT_UNITS * visits)) return false;
      if (negative) this.table[position]! ^= 1;
    }
    return true;
  }

  /** Moves what waits over one symbol onto the stack, behind the program's start. */
  #take(symbol: number): void {
    const { program } = this.#look;
    this.#stack.push(program.start);
    for (const at of this.#waiting) {
      if (program.sets[program.argument[at]!]![symbol] === 1) this.#stack.push(program.next[at]!);
    }
    this.#waiting = [];
  }

  /** Empties the stack and marks the table where the end is reached; returns the work done. */
  #follow(position: number): number {
    let visits = 0;
    while (this.#stack.length > 0) {
      visits++;
      const at = this.#stack.pop()!;
      if (this.#seen[at] === position) continue;
      this.#seen[at] = position;
      this.#visit(at, position);
    }
    return visits;
  }

  #visit(at: number, position: number): void {
    const { operation, argument, next, sets } = this.#look.program;
    const stack = this.#stack;
    const operand = argument[at]!;
    switch (operation[at]) {
      case BYTE:
        this.#waiting.push(at);
        break;
      case NEXT:
        if (sets[operand]![symbolAfter(this.#input, position)] === 1) stack.push(next[at]!);
        break;
      case PREVIOUS:
        if (sets[operand]![symbolBefore(this.#input, position)] === 1) stack.push(next[at]!);
        break;
      case LOOK:
        if (this.#inner[operand]![position] === 1) stack.push(next[at]!);
        break;
      case SPLIT:
        stack.push(operand, next[at]!);
        break;
      case MATCH:
        this.table[position] = 1;
        break;
      default:
        stack.push(next[at]!);
        break;
    }
  }
}
