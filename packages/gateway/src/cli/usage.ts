import type { Command, Option, Parameter } from './command.ts';
import { generalOptions } from './command.ts';

/** Help as lines of at most 80 columns, made from the table alone. */
export function usage(path: readonly string[], commands: readonly Command[]): readonly string[] {
  const [noun, verb] = path;
  if (noun === undefined) return overview(commands);
  const ofNoun = commands.filter((command) => command.path[0] === noun);
  const one = ofNoun.find((command) => command.path[1] === verb);
  return one ? ofCommand(one) : ofGroup(noun, ofNoun);
}

const groups: readonly (readonly [title: string, nouns: readonly string[]])[] = [
  ['Start', ['try', 'init', 'start']],
  ['Look', ['status', 'doctor', 'why', 'tail', 'jobs']],
  ['Access', ['clients', 'keys', 'policy', 'adopt']],
  ['Firewall', ['waf']],
  ['System', ['upstream', 'admins', 'config', 'completion']],
];

function overview(commands: readonly Command[]): readonly string[] {
  const lines = groups.flatMap(([title, nouns]) => [
    '',
    title,
    ...nouns.flatMap((noun) => {
      const ofNoun = commands.filter(({ path }) => path[0] === noun);
      const verbs = ofNoun.flatMap(({ path }) => path[1] ?? []);
      if (ofNoun.length === 0) return [];
      return verbs.length === 0
        ? entry(noun, ofNoun[0]!.summary)
        : entry(noun, ofNoun.find(({ path }) => path.length === 1)?.summary ?? verbs.join(' · '));
    }),
  ]);
  return [
    'Filmgate: a security gateway in front of a video API.',
    '',
    'filmgate COMMAND [OPTIONS]      filmgate COMMAND --help',
    ...lines,
    '',
    'Exit codes: 0 fine, 1 error, 2 finding, 78 configuration.',
  ];
}

function ofGroup(noun: string, commands: readonly Command[]): readonly string[] {
  return [
    `filmgate ${noun} …`,
    '',
    ...commands.flatMap((command) =>
      entry(command.path.slice(1).join(' ') || noun, command.summary),
    ),
    '',
    `filmgate ${noun} VERB --help shows its options.`,
  ];
}

function ofCommand(command: Command): readonly string[] {
  const { parameters = [], options = {}, examples = [] } = command;
  return [
    synopsis(command),
    '',
    ...wrap(`${command.summary}.`, 80, ''),
    ...section(
      'Words',
      parameters.map(({ name, help }) => [name, help] as const),
    ),
    ...section('Options', optionEntries(options)),
    ...section('General options', optionEntries(generalOptions)),
    ...(examples.length === 0 ? [] : ['', 'Examples', ...examples.map((text) => `  ${text}`)]),
  ];
}

/** `filmgate keys rotate KEY [OPTIONS]` */
export function synopsis({ path, parameters = [], options = {} }: Command): string {
  return [
    'filmgate',
    ...path,
    ...parameters.map(shownParameter),
    ...(Object.keys(options).length > 0 ? ['[OPTIONS]'] : []),
  ].join(' ');
}

const shownParameter = ({ name, optional, repeated }: Parameter): string => {
  const text = repeated ? `${name}…` : name;
  return optional ? `[${text}]` : text;
};

export const optionEntries = (
  options: Readonly<Record<string, Option>>,
): readonly (readonly [string, string])[] =>
  Object.entries(options).map(([name, { value, help, repeated }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    repeated ? `${help}; may be repeated` : help,
  ]);

function section(
  title: string,
  entries: readonly (readonly [string, string])[],
): readonly string[] {
  if (entries.length === 0) return [];
  return ['', title, ...entries.flatMap(([name, help]) => entry(name, help))];
}

const nameWidth = 24;

function entry(name: string, help: string): readonly string[] {
  const indent = ' '.repeat(nameWidth + 2);
  const lines = wrap(help, 80 - indent.length, '');
  const head = `  ${name.padEnd(nameWidth)}`;
  if (name.length >= nameWidth) return [`  ${name}`, ...lines.map((text) => indent + text)];
  return lines.map((text, index) => (index === 0 ? head : indent) + text);
}

/** Breaks at blanks so that no line is longer than `width`, where its words allow. */
export function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
