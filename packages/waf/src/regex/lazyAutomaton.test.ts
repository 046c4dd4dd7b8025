import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { compileProgram } from './compileProgram.ts';
import { captureSimulation } from './captureSimulation.ts';
import { LazyAutomaton, NOT_FOUND } from './lazyAutomaton.ts';
import { parsePattern } from './parser.ts';
import type { Program } from './program.ts';
import { pumpUnits } from './pump.ts';
import { StateMemory } from './stateMemory.ts';
import { arbitraryInput, arbitraryPattern } from './testing/arbitraryPattern.ts';
import { oracleSlots } from './testing/oracle.ts';

const AMPLE = 1e9;
const SCANT_BYTES = 600;
const longInput = fc
  .array(arbitraryInput, { minLength: 1, maxLength: 40 })
  .map((parts) => parts.join(''));

function programOf(pattern: string): Program {
  const flags = { ignoreCase: false, dotAll: true, multiline: false, extended: false };
  const { root, groups } = parsePattern(pattern, flags);
  return compileProgram(root, groups);
}

describe('the lazy automaton agrees with RE2', () => {
  const ways: readonly [name: string, bytesMax: number, buildAllowance: number][] = [
    ['with ample memory', 1e6, 1e6],
    ['when its states are forgotten again and again', SCANT_BYTES, 1e6],
    ['when it simulates whatever is new', 1e6, -1e6],
    ['when it forgets and simulates', SCANT_BYTES, 3],
  ];
  for (const [name, bytesMax, buildAllowance] of ways) {
    test(`${name}, and the leftmost match begins where it says or later`, () => {
      fc.assert(
        fc.property(
          arbitraryPattern,
          fc.array(longInput, { minLength: 1, maxLength: 4 }),
          (pattern, inputs) => {
            const program = programOf(pattern);
            const automaton = new LazyAutomaton(program, new StateMemory(bytesMax), buildAllowance);
            for (const input of inputs) {
              const slots = oracleSlots(pattern, input);
              const from = automaton.search(input, { left: AMPLE });
              assert.equal(from !== NOT_FOUND, slots !== null, JSON.stringify([pattern, input]));
              if (slots === null) continue;
              assert.ok(from <= slots[0]!, JSON.stringify([pattern, input, from]));
              assert.deepEqual(
                [...captureSimulation(program, input, from, { left: AMPLE })!],
                slots,
              );
            }
          },
        ),
        { numRuns: 1000 },
      );
    });
  }
});

describe('memory', () => {
  test('stays within its bound, whichever automaton asks', () => {
    const memory = new StateMemory(20_000);
    const automata = ['(?:a|ab|b[ab]{3})+c', '(?:b|ba|a[ab]{4})+c', '[ab]*a[ab]{9}c'].map(
      (pattern) => new LazyAutomaton(programOf(pattern), memory),
    );
    let forgotten = 0;
    let before = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b'), { minLength: 200 }), (characters) => {
        for (const automaton of automata) {
          assert.equal(automaton.search(characters.join(''), { left: AMPLE }), NOT_FOUND);
          assert.ok(memory.usedBytes <= memory.bytesMax);
          forgotten += Number(memory.usedBytes < before);
          before = memory.usedBytes;
        }
      }),
    );
    assert.ok(forgotten > 0);
  });
});

describe('steps', () => {
  const evil = [
    '(?:a+)+$',
    '(?:a|a)*b',
    '(?:a|aa)+$',
    '(.*)(.*)(.*)=$',
    '^(?:(?:a|b)*c)*d$',
    '\\ba*\\b.{0,9}x$',
    '[ab]*a[ab]{12}c',
    '(?:x{0,40}y?){20}z',
    'a.{1,255}b.{1,255}c',
    '(?i)select.+from.+where.+\\bunion\\b$',
  ];

  for (const pattern of evil) {
    test(`of ${pattern} at most double with the input`, () => {
      const units = pumpUnits(pattern);
      assert.ok(units.length > 0);
      for (const { prefix, unit } of units) {
        const steps = [500, 1000, 2000, 4000].map((count) =>
          stepsOf(pattern, prefix + unit.repeat(count) + '\x01'),
        );
        for (const [index, shorter] of steps.slice(0, -1).entries()) {
          const longer = steps[index + 1]!;
          assert.ok(longer <= 2.2 * shorter + 2000, `${JSON.stringify(unit)}: ${steps.join()}`);
        }
      }
    });
  }

  test('of any pattern at most double with the input, captures included', () => {
    fc.assert(
      fc.property(arbitraryPattern, arbitraryInput, (pattern, unit) => {
        const shorter = stepsOf(pattern, unit.repeat(100));
        const longer = stepsOf(pattern, unit.repeat(200));
        assert.ok(longer <= 2.2 * shorter + 4000, `${shorter} ${longer}`);
      }),
      { numRuns: 500 },
    );
  });

  function stepsOf(pattern: string, input: string): number {
    const program = programOf(pattern);
    const budget = { left: AMPLE };
    const from = new LazyAutomaton(program, new StateMemory(1e6)).search(input, budget);
    if (from !== NOT_FOUND) captureSimulation(program, input, from, budget);
    return AMPLE - budget.left;
  }
});
