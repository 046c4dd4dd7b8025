import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from './commands.ts';
import { Failure } from './failure.ts';
import { parseCommandLine } from './parse.ts';

const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean), commands);

const failure = (line: string): Failure => {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error(`${line} was accepted`);
};

test('a command is read with its words and options, in any order', () => {
  const parsed = parse(
    'keys create --network 10.0.0.0/8 crm --network=192.0.2.0/24,::1/128 --json',
  );
  assert.equal(parsed.kind, 'command');
  if (parsed.kind !== 'command') return;
  assert.deepEqual(parsed.command.path, ['keys', 'create']);
  assert.deepEqual(parsed.parameters, ['crm']);
  assert.deepEqual(parsed.values.list('network'), ['10.0.0.0/8', '192.0.2.0/24', '::1/128']);
  assert.ok(parsed.values.flag('json'));
});

test('what is not known is refused with the nearest known name', () => {
  const cases: readonly (readonly [line: string, message: string])[] = [
    ['key', 'unknown command "key"; did you mean "keys"?'],
    ['keys rotat', 'unknown command keys "rotat"; did you mean "rotate"?'],
    ['keys list --cleint crm', 'unknown option "--cleint"; did you mean "--client"?'],
    ['status --outptu json', 'unknown option "--outptu"; did you mean "--output"?'],
    ['status --output tabel', 'unknown value for --output: "tabel"; did you mean "table"?'],
    ['keys rotate', 'filmgate keys rotate: KEY is missing: id of a key'],
    ['keys rotate a b', 'filmgate keys rotate: one word too many: "b"'],
    ['keys rotate a --overlap', '--overlap wants a value: --overlap TIME'],
    ['status --json=yes', '--json takes no value'],
    ['status --url a --url b', '--url may stand once'],
    ['status -x', 'unknown option "-x"'],
    ['toString', 'unknown command "toString"'],
  ];
  for (const [line, message] of cases) assert.equal(failure(line).message, message, line);
});

test('help is asked for in every usual way', () => {
  for (const [line, path] of [
    ['', []],
    ['--help', []],
    ['-h', []],
    ['help keys', ['keys']],
    ['keys', ['keys']],
    ['keys --help', ['keys']],
    ['keys rotate --help', ['keys', 'rotate']],
    ['keys rotate abc -h', ['keys', 'rotate']],
  ] as const) {
    assert.deepEqual(parse(line), { kind: 'help', path }, line);
  }
  assert.deepEqual(parse('--version'), { kind: 'version' });
});

test('an option that is named like a member of every object is not known', () => {
  assert.match(failure('status --constructor').message, /unknown option/);
  assert.match(failure('status --__proto__').message, /unknown option/);
});
