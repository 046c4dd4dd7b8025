import { spend, type Budget } from './budget.ts';
import { symbolAfter, symbolBefore } from './inputSymbols.ts';
import type { Program } from './program.ts';
import type { StateMemory } from './stateMemory.ts';
import { DEAD, keyOf, MATCHED, StateTable, UNKNOWN } from './stateTable.ts';
import { SubsetStepper } from './subsetStepper.ts';

/**
 * Transitions that one search may build, beside one for each sixteen bytes it has read. Where it
 * needs more, a stretch of the input is simulated: cheaper than states that are not used again.
 */
const BUILD_ALLOWANCE = 256;
const BYTES_PER_BUILD = 16;
const STRETCH_BYTES = 256;

/** Budget units: of a transition, beside the instructions visited, and of a new state. */
const TRANSITION_UNITS = 60;
const STATE_UNITS = 400;
const VISIT_UNITS = 2;
const SIMULATION_UNITS = 10;

/** The result of a search that found nothing or ran out of budget. */
export const NOT_FOUND = -1;

/**
 * The deterministic automaton of a pattern, built while it runs: one table look-up a byte once
 * warm. The program has neither look-arounds nor back-references.
 */
export class LazyAutomaton {
  readonly #stepper: SubsetStepper;
  readonly #states: StateTable;
  readonly #canRestart: boolean;
  readonly #buildAllowance: number;
  readonly #set: Int32Array;
  #simulatedIdle = 0;

  constructor(program: Program, memory: StateMemory, buildAllowance = BUILD_ALLOWANCE) {
    this.#stepper = new SubsetStepper(program);
    this.#states = new StateTable(this.#stepper.alphabet.size, this.#stepper.kinds, memory);
    this.#canRestart = this.#stepper.canRestart();
    this.#buildAllowance = buildAllowance;
    this.#set = new Int32Array(program.size);
  }

  /**
   * Searches for any match. Returns NOT_FOUND when there is none or the budget ran out, else a
   * position that the leftmost match does not begin before.
   */
  search(input: string, budget: Budget): number {
    const { classOf, finalNewline, edge } = this.#stepper.alphabet;
    const edgeKind = this.#stepper.kindOf[edge]!;
    if (this.#stepper.startMatches(edgeKind)) return 0;
    const states = this.#states;
    const { idleEnd } = states;
    const end = input.length - Number(input.endsWith('\n'));
    let state = states.idle(edgeKind);
    let idle = 0;
    let built = 0;
    let position = 0;
    for (;;) {
      const from = position;
      const stop = Math.min(end, position + Math.max(0, budget.left));
      const { cells } = states;
      let symbolClass = edge;
      let to = UNKNOWN;
      while (position < stop) {
        symbolClass = classOf[input.charCodeAt(position) & 0xff]!;
        to = cells[state + symbolClass]!;
        if (to < 0) break;
        state = to;
        position++;
        if (state < idleEnd) idle = position;
      }
      budget.left -= position - from;
      if (position === stop) {
        if (position < end) return exhausted(budget);
        symbolClass = position < input.length ? finalNewline : edge;
        to = cells[state + symbolClass]!;
      }
      if (to === UNKNOWN) {
        const allowance = this.#buildAllowance + position / BYTES_PER_BUILD;
        if (position < end && built > allowance) {
          const stretchEnd = Math.min(end, position + STRETCH_BYTES);
          to = this.#simulate(input, position, stretchEnd, state, budget);
          idle = Math.max(idle, this.#simulatedIdle);
          position = stretchEnd - 1;
        } else {
          to = this.#build(state, symbolClass, budget);
        }
        built++;
        if (budget.left < 0) return NOT_FOUND;
      }
      if (to === MATCHED) return idle;
      if (to === DEAD) return NOT_FOUND;
      state = to;
      position++;
      if (state < idleEnd) idle = position;
    }
  }

  /** Whether a match can begin at a position, as far as its two neighbouring symbols tell. */
  canBegin(input: string, position: number): boolean {
    const { alphabet, kindOf } = this.#stepper;
    const before = alphabet.classOf[symbolBefore(input, position)]!;
    return this.#stepper.canBegin(kindOf[before]!, alphabet.classOf[symbolAfter(input, position)]!);
  }

  /**
   * Runs over the bytes from `from` up to `end` without remembering the states between; notes the
   * last position without a thread.
   */
  #simulate(input: string, from: number, end: number, state: number, budget: Budget): number {
    const stepper = this.#stepper;
    const { classOf } = stepper.alphabet;
    let length = this.#states.load(state, this.#set);
    let kind = this.#states.kindOf(state);
    let symbolClass = 0;
    this.#simulatedIdle = 0;
    for (let position = from; position < end; position++) {
      symbolClass = classOf[input.charCodeAt(position) & 0xff]!;
      const matched = stepper.step(this.#set, length, kind, symbolClass);
      if (matched) return MATCHED;
      length = stepper.resultLength;
      if (length === 0 && !this.#canRestart) return DEAD;
      if (!spend(budget, SIMULATION_UNITS + VISIT_UNITS * stepper.takeWork())) return DEAD;
      for (let i = 0; i < length; i++) this.#set[i] = stepper.result[i]!;
      kind = stepper.kindOf[symbolClass]!;
      if (length === 0 && stepper.resultIsClean) this.#simulatedIdle = position + 1;
    }
    return this.#stateOfResult(symbolClass, budget);
  }

  /** Computes one cell of the table. */
  #build(state: number, symbolClass: number, budget: Budget): number {
    const states = this.#states;
    const stepper = this.#stepper;
    const length = states.load(state, this.#set);
    const matched = stepper.step(this.#set, length, states.kindOf(state), symbolClass);
    spend(budget, TRANSITION_UNITS + VISIT_UNITS * stepper.takeWork());
    const { generation } = states;
    const to = matched ? MATCHED : this.#stateOfResult(symbolClass, budget);
    if (states.generation === generation) states.cells[state + symbolClass] = to;
    return to;
  }

  #stateOfResult(symbolClass: number, budget: Budget): number {
    const { alphabet, kindOf, result, resultLength, resultIsClean } = this.#stepper;
    if (symbolClass === alphabet.edge || (resultLength === 0 && !this.#canRestart)) return DEAD;
    const clean = resultLength === 0 && resultIsClean;
    const key = keyOf(kindOf[symbolClass]!, clean, result, resultLength);
    const known = this.#states.find(key);
    if (known !== undefined) return known;
    spend(budget, STATE_UNITS);
    return this.#states.add(key);
  }
}

function exhausted(budget: Budget): number {
  budget.left = -1;
  return NOT_FOUND;
}
