import { pumpUnits } from '../src/regex/pump.ts';
import type { PumpUnit } from '../src/regex/pump.ts';
import type { Ruleset } from '../src/index.ts';

/** A string of any length that is meant to be costly: a prefix, then one unit over and over. */
export interface Pump extends PumpUnit {
  /** The rule whose pattern it is made for; 0 for those that are made for the engine as a whole. */
  readonly ruleId: number;
}

/** What costs by its shape, whatever the rules: dense structure, layers to unwrap, half-decoded escapes. */
const GENERAL: readonly PumpUnit[] = [
  { prefix: '', unit: 'a', suffix: '' },
  { prefix: '', unit: '%25', suffix: '' },
  { prefix: '', unit: '%u0041', suffix: '' },
  { prefix: '', unit: '&#x41;', suffix: '' },
  { prefix: '', unit: '\\x41', suffix: '' },
  { prefix: '', unit: '\\', suffix: '' },
  { prefix: '', unit: '/*', suffix: '' },
  { prefix: '', unit: '/./', suffix: '' },
  { prefix: '', unit: '../', suffix: '' },
  { prefix: '', unit: "'", suffix: '' },
  { prefix: '', unit: '"', suffix: '' },
  { prefix: '', unit: "' or ", suffix: '' },
  { prefix: '', unit: 'select(', suffix: '' },
  { prefix: '', unit: '<', suffix: '' },
  { prefix: '', unit: '<a href="', suffix: '' },
  { prefix: '', unit: ' onx=', suffix: '' },
  { prefix: '{"a":', unit: '[', suffix: '' },
  { prefix: '', unit: 'QUFBQUFBQUFB', suffix: '' },
  { prefix: '', unit: '$(`;|&', suffix: '' },
  { prefix: '', unit: '${', suffix: '' },
  { prefix: '', unit: '{{', suffix: '' },
  { prefix: '', unit: 'http://', suffix: '' },
  { prefix: '', unit: '\xc3\xa9', suffix: '' },
  { prefix: '', unit: '\xff', suffix: '' },
  // Weak spots that the detectors and transformations once had.
  { prefix: '`', unit: `'+"'+`, suffix: '' },
  { prefix: '', unit: `'+"'+\``, suffix: '' },
  { prefix: '', unit: "/*'*/+1", suffix: '' },
  { prefix: '', unit: "'/*'*/+1", suffix: '' },
  { prefix: '', unit: '%41', suffix: '' },
  { prefix: '', unit: '%2541', suffix: '' },
  { prefix: '', unit: "=';", suffix: '' },
  { prefix: '', unit: '=";', suffix: '' },
  { prefix: '', unit: '^"\\ /,;(', suffix: '' },
  { prefix: '', unit: ' /"^', suffix: '' },
  { prefix: '', unit: 'YWJjZGVm.', suffix: '' },
  { prefix: '', unit: 'SGVsbG8gd29ybGQ= ', suffix: '' },
  { prefix: '', unit: '"{\\"a\\":1}"', suffix: '' },
  { prefix: '["', unit: '["a"],', suffix: '' },
];

/** Every unit of every repeat in every pattern of a rule set, each once. */
export function pumpsOf({ rules }: Pick<Ruleset, 'rules'>): readonly Pump[] {
  const pumps = new Map<string, Pump>();
  const add = (ruleId: number, unit: PumpUnit): void => {
    const key = `${unit.prefix}\0${unit.unit}`;
    if (!pumps.has(key)) pumps.set(key, { ...unit, ruleId });
  };
  for (const unit of GENERAL) add(0, unit);
  for (const { id, links } of rules) {
    for (const { test } of links) {
      if (test?.name !== 'rx' || test.argument.includes('%{')) continue;
      for (const unit of pumpUnits(test.argument)) add(id, unit);
    }
  }
  return [...pumps.values()];
}

/** About `bytes` long; no completion at the end, so that what could match must be tried to the last byte. */
export function pumped({ prefix, unit }: Pump, bytes: number, nonce: number): string {
  const count = Math.max(1, Math.floor((bytes - prefix.length) / unit.length));
  return `${prefix}${unit.repeat(count)} ${nonce}`;
}
