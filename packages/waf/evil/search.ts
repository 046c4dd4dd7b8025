import { compile, DEEP_DECODING_LIMITS } from '../src/index.ts';
import type { Rules, Ruleset, TransactionInput } from '../src/index.ts';
import { positions, type Position } from './positions.ts';
import { pumped, pumpsOf, type Pump } from './pumps.ts';

export type Level = 1 | 2 | 3 | 4;

/** How long a request of a size may keep the processor. */
export const bounds: readonly { readonly bytes: number; readonly msMax: number }[] = [
  { bytes: 4 * 1024, msMax: 10 },
  { bytes: 60 * 1024, msMax: 20 },
  { bytes: 1024 * 1024, msMax: 150 },
];

export interface Case {
  readonly level: Level;
  readonly bytes: number;
  readonly position: string;
  readonly ruleId: number;
  readonly unit: string;
  readonly ms: number;
  /** The work allowance was spent, and the request refused. */
  readonly refused: boolean;
}

export interface SearchOptions {
  /** Wall time that a level may take, compiling included; Infinity: every case of the smallest size, and many of the others. */
  readonly levelMs: number;
  /** How many of the slowest cases of a size are tried at the next one. */
  readonly keep: number;
}

/** When each size has to be done with, as a part of the level's time. */
const SHARES = [0.5, 0.7, 1];

interface Candidate {
  readonly pump: Pump;
  readonly position: Position;
}

/** Every pump in every position at the smallest size, then the slowest of them at the greater ones. */
export function searchLevel(rules: Rules, level: Level, options: SearchOptions): readonly Case[] {
  const startedMs = performance.now();
  const ruleset = compile(rules, {
    mode: 'On',
    paranoiaLevel: level,
    deepDecoding: DEEP_DECODING_LIMITS,
    requestBodyBytesMax: 2 * 1024 * 1024,
  });
  const probe = new Probe(ruleset, level);
  const found: Case[] = [];
  let candidates: readonly Candidate[] = shuffled(
    pumpsOf(ruleset).flatMap((pump) => positions.map((position) => ({ pump, position }))),
  );
  for (const [index, { bytes, msMax }] of bounds.entries()) {
    const deadline = startedMs + options.levelMs * SHARES[index]!;
    const measured: { readonly candidate: Candidate; readonly result: Case }[] = [];
    for (const candidate of candidates) {
      if (performance.now() > deadline) break;
      if (candidate.position.bytesMax < bytes) continue;
      measured.push({ candidate, result: probe.measure(candidate, bytes, msMax) });
    }
    found.push(...measured.map(({ result }) => result));
    if (index === bounds.length - 1) break;
    candidates = slowest(measured, options.keep);
  }
  return found;
}

/** The slowest of each position that goes on to greater sizes. */
function slowest(
  measured: readonly { readonly candidate: Candidate; readonly result: Case }[],
  keep: number,
): readonly Candidate[] {
  const groups = Map.groupBy(measured, ({ candidate }) => candidate.position);
  const lists = [...groups.values()].map((group) =>
    group.toSorted((one, other) => other.result.ms - one.result.ms).slice(0, keep),
  );
  // In turns, so that a deadline cuts the lesser ones of all positions.
  return Array.from({ length: keep }, (_, rank) => lists.flatMap((list) => list[rank] ?? []))
    .flat()
    .map(({ candidate }) => candidate);
}

const CONFIRM_RUNS = 8;

class Probe {
  readonly #ruleset: Ruleset;
  readonly #level: Level;
  #nonce = 0;

  constructor(ruleset: Ruleset, level: Level) {
    this.#ruleset = ruleset;
    this.#level = level;
  }

  /** What is over the bound by the wall clock is measured again by the processor's, which others on the machine do not move. */
  measure({ pump, position }: Candidate, bytes: number, msMax: number): Case {
    const make = (): TransactionInput => {
      this.#nonce += 1;
      return sized(pump, position, bytes, this.#nonce);
    };
    const first = run(this.#ruleset, make());
    const best = first.ms > msMax ? this.#confirm(make) : first;
    return {
      level: this.#level,
      bytes,
      position: position.name,
      ruleId: pump.ruleId,
      unit: pump.unit.slice(0, 40),
      ...best,
    };
  }

  /** Over several strings, since processor times come in ticks of up to ten milliseconds. */
  #confirm(make: () => TransactionInput): Measured {
    const inputs = Array.from({ length: CONFIRM_RUNS }, make);
    const before = process.threadCpuUsage();
    const results = inputs.map((input) => run(this.#ruleset, input));
    const { user, system } = process.threadCpuUsage(before);
    return {
      ms: (user + system) / 1000 / CONFIRM_RUNS,
      refused: results.some(({ refused }) => refused),
    };
  }
}

interface Measured {
  readonly ms: number;
  readonly refused: boolean;
}

/** What escapes in its position is shortened, so that the request and not the text has the size. */
function sized(pump: Pump, { request }: Position, bytes: number, nonce: number): TransactionInput {
  const made = request(pumped(pump, bytes, nonce), bytes);
  const excess = sizeOf(made) / bytes;
  return excess < 1.1 ? made : request(pumped(pump, bytes / excess, nonce), bytes / excess);
}

const sizeOf = ({ uri, headers, body = '' }: TransactionInput): number =>
  headers.reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    uri.length + body.length,
  );

/** Wall time of the two phases of a request. */
function run(ruleset: Ruleset, input: TransactionInput): Measured {
  const before = performance.now();
  const transaction = ruleset.begin(input);
  transaction.evaluate(1);
  const { budgetExceeded } = transaction.evaluate(2);
  return { ms: performance.now() - before, refused: budgetExceeded };
}

/** In an order that is the same every time and has no order in it. */
function shuffled<Item>(items: Item[]): readonly Item[] {
  let state = 0x9e37_79b9;
  for (let index = items.length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (index + 1);
    [items[index], items[other]] = [items[other]!, items[index]!];
  }
  return items;
}
