import { spend, type Budget } from './budget.ts';
import { symbolAfter, symbolBefore } from './inputSymbols.ts';
import { lookTables, type LookTable } from './lookTable.ts';
import { BYTE, LOOK, MATCH, NEXT, PREVIOUS, SAVE, SPLIT, type Program } from './program.ts';
import { ThreadList } from './threadList.ts';

const VISIT_UNITS = 3;

/** False where no match begins; may be true where none does. */
export type CanBegin = (input: string, position: number) => boolean;

/**
 * Finds the leftmost match at or after `from` and the capture slots that a backtracking engine
 * would find (leftmost-first), in time linear in the input: a Pike machine. Returns null when
 * there is no match or the budget ran out. The program has no back-references.
 */
export function captureSimulation(
  program: Program,
  input: string,
  from: number,
  budget: Budget,
  canBegin: CanBegin = () => true,
): Int32Array | null {
  const looks = lookTables(program, input, budget);
  return looks === null ? null : new Simulation(program, input, looks, budget).run(from, canBegin);
}

class Simulation {
  readonly #program: Program;
  readonly #input: string;
  readonly #looks: readonly LookTable[];
  readonly #budget: Budget;
  readonly #captures: Int32Array;
  /** Instructions to follow, or a slot to restore as its complement and then its old value. */
  readonly #stack: Int32Array;
  #current: ThreadList;
  #following: ThreadList;

  constructor(program: Program, input: string, looks: readonly LookTable[], budget: Budget) {
    this.#program = program;
    this.#input = input;
    this.#looks = looks;
    this.#budget = budget;
    this.#captures = new Int32Array(program.slots);
    this.#stack = new Int32Array(2 * program.size + 1);
    this.#current = new ThreadList(program.size, program.slots);
    this.#following = new ThreadList(program.size, program.slots);
  }

  run(from: number, canBegin: CanBegin): Int32Array | null {
    let best: Int32Array | null = null;
    for (let position = from; position <= this.#input.length; position++) {
      if (best === null) {
        if (canBegin(this.#input, position)) {
          this.#captures.fill(-1);
          this.#add(this.#current, this.#program.start, position);
        }
      } else if (this.#current.length === 0) {
        return best;
      }
      best = this.#step(position) ?? best;
      if (this.#budget.left < 0) return null;
      [this.#current, this.#following] = [this.#following, this.#current];
      this.#following.clear();
    }
    return best;
  }

  /** Moves every thread over one byte, until one matches; returns that one's slots. */
  #step(position: number): Int32Array | null {
    const { operation, argument, next, sets, slots } = this.#program;
    const current = this.#current;
    const symbol = symbolAfter(this.#input, position);
    spend(this.#budget, 1 + current.length);
    for (let thread = 0; thread < current.length; thread++) {
      const at = current.instructions[thread]!;
      if (operation[at] === MATCH) {
        const matched = new Int32Array(slots);
        current.copyCaptures(thread, matched);
        return matched;
      }
      if (sets[argument[at]!]![symbol] === 0) continue;
      current.copyCaptures(thread, this.#captures);
      this.#add(this.#following, next[at]!, position + 1);
      if (this.#budget.left < 0) return null;
    }
    return null;
  }

  /** Adds to the list what `entry` leads to without taking a byte, preferred paths first. */
  #add(list: ThreadList, entry: number, position: number): void {
    const { operation, argument, next, sets } = this.#program;
    const stack = this.#stack;
    const captures = this.#captures;
    let top = 0;
    let visits = 0;
    let at = entry;
    for (;;) {
      visits++;
      let onward = -1;
      if (at < 0) {
        captures[~at] = stack[--top]!;
      } else if (list.enter(at)) {
        const operand = argument[at]!;
        switch (operation[at]) {
          case BYTE:
          case MATCH:
            list.push(at, captures);
            break;
          case SPLIT:
            stack[top++] = operand;
            onward = next[at]!;
            break;
          case SAVE:
            stack[top++] = captures[operand]!;
            stack[top++] = ~operand;
            captures[operand] = position;
            onward = next[at]!;
            break;
          case NEXT:
            if (sets[operand]![symbolAfter(this.#input, position)] === 1) onward = next[at]!;
            break;
          case PREVIOUS:
            if (sets[operand]![symbolBefore(this.#input, position)] === 1) onward = next[at]!;
            break;
          case LOOK:
            if (this.#looks[operand]![position] === 1) onward = next[at]!;
            break;
          default:
            throw new Error('a program with back-references was given to the capture simulation');
        }
      }
      if (onward >= 0) at = onward;
      else if (top > 0) at = stack[--top]!;
      else break;
    }
    spend(this.#budget, VISIT_UNITS * visits);
  }
}
