import type { StateHolder, StateMemory } from './stateMemory.ts';

/** Table entries that are no state. */
export const UNKNOWN = -1;
export const MATCHED = -2;
export const DEAD = -3;

/** What Map, key and array cost beside their content. */
const STATE_OVERHEAD_BYTES = 120;
const INITIAL_ROWS = 8;

/**
 * The states of an automaton that are known so far. A state is the offset of its row in `cells`;
 * a row holds, for each class of symbol, the state that follows.
 */
export class StateTable implements StateHolder {
  cells: Int32Array;
  /** Counts the times that all states were forgotten, so that one can tell its state is gone. */
  generation = 0;
  readonly width: number;
  readonly #kinds: number;
  readonly #memory: StateMemory;
  readonly #rowOf = new Map<string, number>();
  readonly #keys: string[] = [];

  constructor(width: number, kinds: number, memory: StateMemory) {
    this.width = width;
    this.#kinds = kinds;
    this.#memory = memory;
    this.cells = new Int32Array(0);
    this.forget();
  }

  /**
   * The states without a thread, one for each kind of the symbol before, stand in the first rows;
   * a state below this one is one of them.
   */
  get idleEnd(): number {
    return this.#kinds * this.width;
  }

  idle(kind: number): number {
    return kind * this.width;
  }

  find(key: string): number | undefined {
    return this.#rowOf.get(key);
  }

  /** Adds a state, for which older ones may have to go. */
  add(key: string): number {
    this.#memory.take(this, 4 * this.width + 2 * key.length + STATE_OVERHEAD_BYTES);
    return this.#append(key);
  }

  forget(): void {
    this.#memory.giveBack(this);
    this.generation++;
    this.#rowOf.clear();
    this.#keys.length = 0;
    this.cells = new Int32Array(this.width * INITIAL_ROWS);
    const none = new Int32Array(0);
    for (let kind = 0; kind < this.#kinds; kind++) this.#append(keyOf(kind, true, none, 0));
  }

  kindOf(state: number): number {
    return this.#key(state).charCodeAt(0) >> 1;
  }

  /** Writes a state's waiting instructions into `set`; returns their number. */
  load(state: number, set: Int32Array): number {
    const key = this.#key(state);
    for (let i = 1; i < key.length; i++) set[i - 1] = key.charCodeAt(i);
    return key.length - 1;
  }

  #key(state: number): string {
    return this.#keys[state / this.width]!;
  }

  #append(key: string): number {
    const row = this.#keys.length * this.width;
    if (row + this.width > this.cells.length) {
      const larger = new Int32Array(this.cells.length * 2);
      larger.set(this.cells);
      this.cells = larger;
    }
    this.cells.fill(UNKNOWN, row, row + this.width);
    this.#keys.push(key);
    this.#rowOf.set(key, row);
    return row;
  }
}

/**
 * What makes states equal: the kind of the symbol before, whether every thread is known to be
 * dead, and the instructions that wait. Sorts `set`.
 */
export function keyOf(kind: number, clean: boolean, set: Int32Array, length: number): string {
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
