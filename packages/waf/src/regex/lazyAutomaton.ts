import { spend, type Budget } from './budget.ts';
import type { Program } from './program.ts';
import { SubsetStepper } from './subsetStepper.ts';

export interface AutomatonLimits {
  /** Memory of one pattern's states; beyond it they are forgotten and built anew. */
  readonly stateBytesMax: number;
  /** Transitions one search may build before it must have earned each by four bytes read. */
  readonly buildAllowance: number;
}

export const AUTOMATON_LIMITS: AutomatonLimits = {
  stateBytesMax: 192 * 1024,
  buildAllowance: 256,
};

const STATE_OVERHEAD_BYTES = 120;
const BYTES_PER_BUILD = 4;
const INITIAL_ROWS = 8;

/** Budget units: of a transition, beside the instructions visited, and of a new state. */
const TRANSITION_UNITS = 20;
const STATE_UNITS = 80;
const VISIT_UNITS = 2;
const SIMULATION_UNITS = 10;

/** Table entries that are no state. */
const UNKNOWN = -1;
const MATCHED = -2;
const DEAD = -3;

/** The result of a search that found nothing or ran out of budget. */
export const NOT_FOUND = -1;

/**
 * The deterministic automaton of a pattern, built while it runs: one table look-up a byte once
 * warm. Where a search makes states faster than it uses them, the rest of it is simulated.
 */
export class LazyAutomaton {
  readonly #limits: AutomatonLimits;
  readonly #stepper: SubsetStepper;
  readonly #width: number;
  readonly #canRestart: boolean;
  /** A state is the offset of its row; a row holds the state after each class of symbol. */
  #table: Int32Array;
  readonly #rowOf = new Map<string, number>();
  /** What a state stands for: kind of the symbol before and cleanness, then the waiting instructions. */
  readonly #keys: string[] = [];
  #bytes = 0;
  readonly #set: Int32Array;

  constructor(program: Program, limits: AutomatonLimits = AUTOMATON_LIMITS) {
    this.#limits = limits;
    this.#stepper = new SubsetStepper(program);
    this.#width = this.#stepper.alphabet.size;
    this.#canRestart = this.#stepper.canRestart();
    this.#table = new Int32Array(this.#width * INITIAL_ROWS);
    this.#set = new Int32Array(program.size);
    this.#forget();
  }

  /**
   * Searches for any match. Returns -1 when there is none or the budget ran out, else a position
   * that the leftmost match does not begin before.
   */
  search(input: string, budget: Budget): number {
    const { classOf, finalNewline, edge } = this.#stepper.alphabet;
    const edgeKind = this.#stepper.kindOf[edge]!;
    if (this.#stepper.startMatches(edgeKind)) return 0;
    const end = input.length - Number(input.endsWith('\n'));
    const idleEnd = this.#stepper.kinds * this.#width;
    let state = edgeKind * this.#width;
    let idle = 0;
    let built = 0;
    let position = 0;
    for (;;) {
      const from = position;
      const stop = Math.min(end, position + Math.max(0, budget.left));
      const table = this.#table;
      let to = UNKNOWN;
      let symbolClass = edge;
      while (position < stop) {
        symbolClass = classOf[input.charCodeAt(position) & 0xff]!;
        to = table[state + symbolClass]!;
        if (to < 0) break;
        state = to;
        position++;
        if (state < idleEnd) idle = position;
      }
      budget.left -= position - from;
      if (position === stop) {
        if (position < end) {
          budget.left = -1;
          return NOT_FOUND;
        }
        symbolClass = position < input.length ? finalNewline : edge;
        to = table[state + symbolClass]!;
      }
      if (to === UNKNOWN) {
        if (built > this.#limits.buildAllowance && built * BYTES_PER_BUILD > position) {
          return this.#simulate(input, position, state, idle, budget);
        }
        built++;
        to = this.#build(state, symbolClass, budget);
        if (budget.left < 0) return NOT_FOUND;
      }
      if (to === MATCHED) return idle;
      if (to === DEAD) return NOT_FOUND;
      state = to;
      position++;
      if (state < idleEnd) idle = position;
    }
  }

  /** The rest of a search without remembering states. */
  #simulate(input: string, from: number, state: number, idleFrom: number, budget: Budget): number {
    const stepper = this.#stepper;
    const { classOf, finalNewline, edge } = stepper.alphabet;
    const end = input.length - Number(input.endsWith('\n'));
    let length = this.#load(state);
    let kind = this.#kindOf(state);
    let idle = idleFrom;
    for (let position = from; ; position++) {
      let symbolClass = classOf[input.charCodeAt(position) & 0xff]!;
      if (position >= end) symbolClass = position < input.length ? finalNewline : edge;
      const matched = stepper.step(this.#set, length, kind, symbolClass);
      if (!spend(budget, SIMULATION_UNITS + VISIT_UNITS * stepper.takeWork())) return NOT_FOUND;
      if (matched) return idle;
      if (symbolClass === edge) return NOT_FOUND;
      length = stepper.resultLength;
      if (length === 0 && !this.#canRestart) return NOT_FOUND;
      for (let i = 0; i < length; i++) this.#set[i] = stepper.result[i]!;
      kind = stepper.kindOf[symbolClass]!;
      if (length === 0 && stepper.resultIsClean) idle = position + 1;
    }
  }

  /** Computes one entry of the table. */
  #build(state: number, symbolClass: number, budget: Budget): number {
    const stepper = this.#stepper;
    const matched = stepper.step(this.#set, this.#load(state), this.#kindOf(state), symbolClass);
    spend(budget, TRANSITION_UNITS + VISIT_UNITS * stepper.takeWork());
    let to = DEAD;
    if (matched) {
      to = MATCHED;
    } else if (symbolClass !== stepper.alphabet.edge) {
      if (stepper.resultLength > 0 || this.#canRestart) {
        const length = stepper.resultLength;
        const clean = length === 0 && stepper.resultIsClean;
        const key = keyOf(stepper.kindOf[symbolClass]!, clean, stepper.result, length);
        const known = this.#rowOf.get(key);
        if (known === undefined) {
          spend(budget, STATE_UNITS);
          if (this.#bytes > this.#limits.stateBytesMax) {
            this.#forget();
            return this.#intern(key);
          }
        }
        to = known ?? this.#intern(key);
      }
    }
    this.#table[state + symbolClass] = to;
    return to;
  }

  /** Starts over with the states that have no thread, which come first in the table. */
  #forget(): void {
    this.#rowOf.clear();
    this.#keys.length = 0;
    this.#bytes = 0;
    for (let kind = 0; kind < this.#stepper.kinds; kind++) {
      this.#intern(keyOf(kind, true, this.#set, 0));
    }
  }

  #intern(key: string): number {
    const row = this.#keys.length * this.#width;
    if (row + this.#width > this.#table.length) {
      const larger = new Int32Array(this.#table.length * 2);
      larger.set(this.#table);
      this.#table = larger;
    }
    this.#table.fill(UNKNOWN, row, row + this.#width);
    this.#keys.push(key);
    this.#rowOf.set(key, row);
    this.#bytes += 4 * this.#width + 2 * key.length + STATE_OVERHEAD_BYTES;
    return row;
  }

  /** Unpacks a state's waiting instructions into the scratch set; returns their number. */
  #load(state: number): number {
    const key = this.#keys[state / this.#width]!;
    for (let i = 1; i < key.length; i++) this.#set[i - 1] = key.charCodeAt(i);
    return key.length - 1;
  }

  #kindOf(state: number): number {
    return this.#keys[state / this.#width]!.charCodeAt(0) >> 1;
  }
}

function keyOf(kind: number, clean: boolean, set: Int32Array, length: number): string {
  sortAscending(set, length);
  return String.fromCharCode(2 * kind + Number(!clean), ...set.subarray(0, length));
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
