import { parseArgs } from 'node:util';
import { nearestName } from '../domain/nearest.ts';
import { generalOptions, type Command, type Option } from './command.ts';
import { Failure } from './failure.ts';
import { Values } from './values.ts';

export type Parsed =
  | { readonly kind: 'version' }
  /** Help for what starts with `path`; empty: for all. */
  | { readonly kind: 'help'; readonly path: readonly string[] }
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly parameters: readonly string[];
      readonly values: Values;
    };

/** Reads a command line. @throws Failure as a compiler says it, with the nearest known name */
export function parseCommandLine(words: readonly string[], commands: readonly Command[]): Parsed {
  const [first] = words;
  if (first === undefined || first === '--help' || first === '-h')
    return { kind: 'help', path: [] };
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first === 'help') return { kind: 'help', path: words.slice(1) };
  const { command, rest, path } = findCommand(words, commands);
  if (rest.includes('--help') || rest.includes('-h')) return { kind: 'help', path };
  if (command === null) return { kind: 'help', path };
  return { kind: 'command', command, ...readRest(command, rest) };
}

interface Found {
  readonly command: Command | null;
  readonly path: readonly string[];
  readonly rest: readonly string[];
}

function findCommand(words: readonly string[], commands: readonly Command[]): Found {
  const [noun = '', verb] = words;
  const ofNoun = commands.filter(({ path }) => path[0] === noun);
  if (ofNoun.length === 0) {
    throw unknown('command', noun, unique(commands.map(({ path }) => path[0]!)));
  }
  const alone = ofNoun.find(({ path }) => path.length === 1);
  const both = ofNoun.find(({ path }) => path[1] === verb);
  if (both && both.path.length === 2) {
    return { command: both, path: both.path, rest: words.slice(2) };
  }
  if (alone) return { command: alone, path: alone.path, rest: words.slice(1) };
  if (verb === undefined || verb.startsWith('-')) {
    return { command: null, path: [noun], rest: words.slice(1) };
  }
  throw unknown(
    `command ${noun}`,
    verb,
    ofNoun.map(({ path }) => path[1]!),
  );
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

function unknown(what: string, written: string, known: readonly string[]): Failure {
  const near = nearestName(written, known);
  const shown = JSON.stringify(written.slice(0, 60));
  return new Failure(
    `unknown ${what} ${shown}${near === null ? '' : `; did you mean "${near}"?`}`,
    [near === null ? `known: ${known.join(', ')}` : 'filmgate --help lists all commands'],
  );
}

function readRest(
  command: Command,
  rest: readonly string[],
): { readonly parameters: readonly string[]; readonly values: Values } {
  const options = { ...generalOptions, ...command.options };
  const { tokens } = parseArgs({
    args: [...rest],
    options: Object.fromEntries(
      Object.entries(options).map(([name, option]) => [
        name,
        { type: option.value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const parameters: string[] = [];
  const values: Record<string, string[]> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') parameters.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw unknownOption(token.rawName, options);
    (values[token.name] ??= []).push(readValue(token.name, option, token.value));
    checkRepetition(token.name, option, values[token.name]!);
  }
  checkParameters(command, parameters);
  return { parameters, values: new Values(values) };
}

function unknownOption(written: string, options: Readonly<Record<string, Option>>): Failure {
  const known = Object.keys(options).map((name) => `--${name}`);
  return unknown('option', written, known);
}

function readValue(name: string, option: Option, value: string | undefined): string {
  if (option.value === undefined) {
    if (value !== undefined) throw new Failure(`--${name} takes no value`);
    return '';
  }
  if (value === undefined || value === '') {
    throw new Failure(`--${name} wants a value: --${name} ${option.value}`);
  }
  if (option.choices && !option.choices.includes(value)) {
    throw unknown(`value for --${name}:`, value, option.choices);
  }
  return value;
}

function checkRepetition(name: string, option: Option, values: readonly string[]): void {
  if (values.length > 1 && !option.repeated) throw new Failure(`--${name} may stand once`);
}

function checkParameters(command: Command, given: readonly string[]): void {
  const parameters = command.parameters ?? [];
  const missing = parameters[given.length];
  const name = `filmgate ${command.path.join(' ')}`;
  if (missing && !missing.optional) {
    throw new Failure(`${name}: ${missing.name} is missing: ${missing.help}`, [`${name} --help`]);
  }
  if (given.length > parameters.length && !parameters.at(-1)?.repeated) {
    throw new Failure(`${name}: one word too many: ${JSON.stringify(given[parameters.length])}`, [
      `${name} --help`,
    ]);
  }
}
