import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pumpUnits } from './pump.ts';
import { compileRegex, StateMemory } from './regex.ts';
import { oracleSlots } from './testing/oracle.ts';

const AMPLE = 1e9;
const crs =
  process.env['FILMGATE_CRS_DIR'] ?? join(import.meta.dirname, '../../../../../shared/crs/v4.28.0');
const debianCrs = '/usr/share/modsecurity-crs';

/** Every argument of `@rx` in a folder of rules, as bytes. */
function patternsOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.conf'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'latin1')
        .replace(/\\\r?\n\s*/g, '')
        .split('\n'),
    )
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.match(/"!?@rx (?:[^"\\]|\\.)*"/g) ?? [])
    .map((argument) => argument.slice(argument.indexOf(' ') + 1, -1).replaceAll('\\"', '"'));
}

const missing = existsSync(crs) ? false : `the Core Rule Set is not at ${crs}`;

describe('the patterns of the Core Rule Set 4.28.0', { skip: missing }, () => {
  const uses = missing ? [] : patternsOf(join(crs, 'rules'));
  const patterns = [...new Set(uses)];

  test('are 318, 294 of them distinct, and all compile', () => {
    assert.equal(uses.length, 318);
    assert.equal(patterns.length, 294);
    for (const pattern of patterns) compileRegex(pattern);
  });

  test('match where RE2 says, with its groups, on strings made from them', () => {
    const memory = new StateMemory(32e6);
    let inputs = 0;
    let matches = 0;
    for (const pattern of patterns) {
      const regex = compileRegex(pattern, {}, memory);
      for (const input of stringsFor(pattern)) {
        const slots = oracleSlots(pattern, input);
        const found = regex.exec(input, { left: AMPLE });
        const context = JSON.stringify([pattern.slice(0, 80), input]);
        assert.equal(regex.test(input, { left: AMPLE }), slots !== null, context);
        assert.deepEqual(
          found?.map((group) => group ?? null) ?? null,
          slots && groups(input, slots),
          context,
        );
        if (slots !== null && regex.required !== null) {
          assert.ok(
            regex.required.some((literal) => input.toLowerCase().includes(literal)),
            context,
          );
        }
        inputs++;
        matches += Number(slots !== null);
      }
    }
    assert.ok(inputs > 5000, `only ${inputs} strings`);
    assert.ok(matches > 1000, `only ${matches} matches`);
  });

  test('cost at most 2.2 times the steps when a pumped string doubles', () => {
    let compared = 0;
    for (const pattern of patterns) {
      for (const { prefix, unit } of pumpUnits(pattern).slice(0, 4)) {
        const shorter = stepsOf(pattern, `${prefix}${unit.repeat(300)}\x01`);
        const longer = stepsOf(pattern, `${prefix}${unit.repeat(600)}\x01`);
        assert.ok(
          longer <= 2.2 * shorter + 20_000,
          `${pattern}: ${JSON.stringify(unit)}: ${shorter} ${longer}`,
        );
        compared++;
      }
    }
    assert.ok(compared > 300, `only ${compared} pumps`);
  });
});

test(
  "the patterns of Debian's Core Rule Set 3.3 compile, those with look-around and back-references too",
  { skip: existsSync(debianCrs) ? false : `no package at ${debianCrs}` },
  () => {
    const patterns = new Set(patternsOf(join(debianCrs, 'rules')));
    assert.ok(patterns.size > 200);
    for (const pattern of patterns) compileRegex(pattern);
  },
);

/** Strings near the pattern: pumped, cut, joined and spoiled. RE2 and PCRE agree on these bytes. */
function stringsFor(pattern: string): string[] {
  const pumps = pumpUnits(pattern);
  const words = pattern.match(/[a-z]{3,}/gi) ?? [];
  const strings = pumps
    .slice(0, 10)
    .flatMap(({ prefix, unit, suffix }) => [
      prefix + unit + suffix,
      prefix + unit.repeat(3) + suffix,
      `x ${prefix}${unit.repeat(2)}`,
    ]);
  strings.push(
    '',
    'plain text',
    words.join(' '),
    words.slice(0, 5).join('(='),
    ...words.slice(0, 5).map((word) => `;${word} `),
  );
  return strings.map((text) => text.replace(/[\v\x80-\xff]/g, '~').replace(/\n+$/, ''));
}

function groups(input: string, slots: readonly number[]): (string | null)[] {
  return Array.from({ length: slots.length / 2 }, (_, group) =>
    slots[2 * group]! < 0 ? null : input.slice(slots[2 * group], slots[2 * group + 1]),
  );
}

function stepsOf(pattern: string, input: string): number {
  const budget = { left: AMPLE };
  compileRegex(pattern).exec(input, budget);
  return AMPLE - budget.left;
}
