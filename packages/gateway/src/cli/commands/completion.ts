import type { Run } from '../command.ts';
import { generalOptions } from '../command.ts';
import { commands } from '../commands.ts';
import { Failure } from '../failure.ts';

export const run: Run = ({ parameters: [shell], terminal }) => {
  terminal.print(script(shell!));
  return 0;
};

function script(shell: string): string {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      return `autoload -U +X bashcompinit && bashcompinit\n${bash()}`;
    case 'fish':
      return fish();
    default:
      throw new Failure(`unknown shell ${JSON.stringify(shell)}`, ['known: bash, zsh, fish']);
  }
}

const nouns = (): readonly string[] => [...new Set(commands.map(({ path }) => path[0]!))];

const wordsOf = (options: object): string =>
  Object.keys(options)
    .map((name) => `--${name}`)
    .join(' ');

function bash(): string {
  const verbCases = nouns().map(verbCase).join('\n');
  const optionCases = commands.map(optionCase).join('\n');
  return `_filmgate() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [[ $COMP_CWORD -eq 1 ]]; then
    words="${nouns().join(' ')} --help --version"
  elif [[ $COMP_CWORD -eq 2 && "$current" != -* ]]; then
    case "\${COMP_WORDS[1]}" in
${verbCases}
    esac
  else
    case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${optionCases}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _filmgate filmgate`;
}

function verbCase(noun: string): string {
  const verbs = commands.flatMap(({ path }) => (path[0] === noun ? (path[1] ?? []) : []));
  return `      ${noun}) words="${verbs.join(' ')}" ;;`;
}

function optionCase({ path, options = {} }: (typeof commands)[number]): string {
  const pattern = path.length === 1 ? `"${path[0]} "*` : `"${path.join(' ')}"`;
  return `      ${pattern}) words="${wordsOf({ ...options, ...generalOptions })}" ;;`;
}

function fish(): string {
  const lines = ['complete -c filmgate -f'];
  for (const { path, summary, options = {} } of commands) {
    const [noun, verb] = path;
    if (verb === undefined) {
      lines.push(`complete -c filmgate -n __fish_use_subcommand -a ${noun} -d '${quote(summary)}'`);
    } else {
      lines.push(
        `complete -c filmgate -n __fish_use_subcommand -a ${noun}`,
        `complete -c filmgate -n '__fish_seen_subcommand_from ${noun}' -a ${verb} -d '${quote(summary)}'`,
      );
    }
    const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    for (const [name, { help, value }] of Object.entries(options)) {
      const takes = value === undefined ? '' : ' -r';
      lines.push(`complete -c filmgate -n '${seen}' -l ${name}${takes} -d '${quote(help)}'`);
    }
  }
  return [...new Set(lines)].join('\n');
}

const quote = (text: string): string => text.replaceAll("'", "\\'");
