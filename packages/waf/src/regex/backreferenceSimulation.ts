import { spend, type Budget } from './budget.ts';
import { symbolAfter, symbolBefore } from './inputSymbols.ts';
import { lookTables, type LookTable } from './lookTable.ts';
import {
  BACKREFERENCE,
  BYTE,
  LOOK,
  MATCH,
  NEXT,
  PREVIOUS,
  SAVE,
  SPLIT,
  type LookProgram,
  type Program,
} from './program.ts';

const VISIT_UNITS = 40;

/** A path through the program: where it is, what it captured, how much of a back-reference it has read. */
interface Thread {
  readonly at: number;
  readonly captures: readonly number[];
  readonly read: number;
}

/**
 * Finds what `captureSimulation` finds, in programs with back-references. Threads that agree in
 * instruction and in the spans of all groups referred to are one, so the work is polynomial, but
 * not linear: it is bounded by the budget alone. Returns null when there is no match or the
 * budget ran out.
 */
export function backreferenceSimulation(
  program: Program,
  input: string,
  from: number,
  budget: Budget,
): Int32Array | null {
  const captures = Array.from({ length: program.slots }, () => -1);
  const slots = [...referredSlots(program)];
  const found = new Simulation(program, input, slots, budget).run(from, captures, false);
  return found === null ? null : Int32Array.from(found);
}

function* referredSlots(program: Program): Generator<number> {
  for (let at = 0; at < program.size; at++) {
    if (program.operation[at] !== BACKREFERENCE) continue;
    const group = program.argument[at]! >> 1;
    yield 2 * group;
    yield 2 * group + 1;
  }
  for (const look of program.looks) yield* referredSlots(look.program);
}

class Simulation {
  readonly #program: Program;
  readonly #input: string;
  readonly #slots: readonly number[];
  readonly #budget: Budget;
  readonly #looks: readonly LookTable[];
  #seen = new Set<string>();

  constructor(program: Program, input: string, slots: readonly number[], budget: Budget) {
    this.#program = program;
    this.#input = input;
    this.#slots = slots;
    this.#budget = budget;
    this.#looks = lookTables(program, input, budget) ?? [];
  }

  /** @param anchored whether the match must begin at `from`. */
  run(from: number, captures: readonly number[], anchored: boolean): readonly number[] | null {
    let best: readonly number[] | null = null;
    let threads: Thread[] = [];
    for (let position = from; position <= this.#input.length; position++) {
      if (best === null && (position === from || !anchored)) {
        this.#add(threads, { at: this.#program.start, captures, read: 0 }, position);
      }
      if (threads.length === 0 && (anchored || best !== null)) return best;
      const following: Thread[] = [];
      this.#seen = new Set();
      for (const thread of threads) {
        if (this.#budget.left < 0) return null;
        if (this.#program.operation[thread.at] === MATCH) {
          best = thread.captures;
          break;
        }
        const after = this.#advance(thread, position);
        if (after !== null) this.#add(following, after, position + 1);
      }
      threads = following;
    }
    return this.#budget.left < 0 ? null : best;
  }

  /** The thread after one byte, or null. */
  #advance(thread: Thread, position: number): Thread | null {
    const { operation, argument, next, sets } = this.#program;
    const { at, captures, read } = thread;
    const operand = argument[at]!;
    if (operation[at] === BYTE) {
      const taken = sets[operand]![symbolAfter(this.#input, position)] === 1;
      return taken ? { at: next[at]!, captures, read: 0 } : null;
    }
    const start = captures[operand & ~1]!;
    if (!sameByte(this.#input, start + read, position, (operand & 1) === 1)) return null;
    const done = start + read + 1 === captures[operand | 1];
    return done ? { at: next[at]!, captures, read: 0 } : { at, captures, read: read + 1 };
  }

  #add(list: Thread[], entry: Thread, position: number): void {
    const stack = [entry];
    while (stack.length > 0) {
      const thread = stack.pop()!;
      if (!spend(this.#budget, VISIT_UNITS)) return;
      const spans = this.#slots.map((slot) => thread.captures[slot]).join();
      const key = `${thread.at},${thread.read},${spans}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.#visit(list, stack, thread, position);
    }
  }

  #visit(list: Thread[], stack: Thread[], thread: Thread, position: number): void {
    const { operation, argument, next, sets, looks } = this.#program;
    const { at, captures } = thread;
    const operand = argument[at]!;
    const onward = { at: next[at]!, captures, read: 0 };
    switch (operation[at]) {
      case BYTE:
      case MATCH:
        list.push(thread);
        break;
      case SPLIT:
        stack.push({ at: operand, captures, read: 0 }, onward);
        break;
      case SAVE:
        stack.push({ ...onward, captures: captures.with(operand, position) });
        break;
      case NEXT:
        if (sets[operand]![symbolAfter(this.#input, position)] === 1) stack.push(onward);
        break;
      case PREVIOUS:
        if (sets[operand]![symbolBefore(this.#input, position)] === 1) stack.push(onward);
        break;
      case LOOK:
        if (this.#holds(looks[operand]!, operand, captures, position)) stack.push(onward);
        break;
      case BACKREFERENCE:
        if (captures[operand | 1] === -1) break;
        if (captures[operand & ~1] === captures[operand | 1]) stack.push(onward);
        else list.push(thread);
        break;
      default:
        throw new Error('unknown operation');
    }
  }

  #holds(look: LookProgram, index: number, captures: readonly number[], position: number): boolean {
    if (!look.hasBackreference) return this.#looks[index]?.[position] === 1;
    const inner = new Simulation(look.program, this.#input, this.#slots, this.#budget);
    return (inner.run(position, captures, true) !== null) !== look.negative;
  }
}

function sameByte(input: string, one: number, other: number, ignoreCase: boolean): boolean {
  if (other >= input.length) return false;
  const first = input.charAt(one);
  const second = input.charAt(other);
  if (first === second) return true;
  return ignoreCase && lowerAscii(first) === lowerAscii(second);
}

function lowerAscii(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}
