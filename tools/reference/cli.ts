import { commands } from '../../packages/gateway/src/cli/commands.ts';
import {
  generalOptions,
  type Command,
  type Option,
} from '../../packages/gateway/src/cli/command.ts';
import { optionEntries, synopsis } from '../../packages/gateway/src/cli/usage.ts';

/** docs/reference/cli.md: every command, from the one table. */
export function cliPage(): string {
  return `# Command line

Generated from \`packages/gateway/src/cli/commands.ts\`; change it there.

On a terminal the output is made for people; in a pipe it is JSON, unless \`--output table\` says otherwise. \`NO_COLOR\` is
honoured. Exit codes: 0 fine, 1 error, 2 drift or finding, 78 configuration. Names and options that are not known are refused
with the nearest known one. Secrets are printed once, to a terminal or with \`--reveal\`. What cuts somebody off shows its effect
first and wants \`--yes --reason TEXT\`.

The gateway is found by \`--url\` or \`FILMGATE_URL\`, else by the configuration: \`--config\`, \`FILMGATE_CONFIG\` or
\`./filmgate.yaml\`. The admin token is \`FILMGATE_ADMIN_TOKEN\`, else the data folder's \`admin.token\`. Where neither is there, the
bootstrap token (\`FILMGATE_BOOTSTRAP_TOKEN\`, or the one that a first start left in the data folder) makes the caller the first
owner. The token in the data folder is sent to the configured address only.

Every command understands:

${optionTable(generalOptions)}

${commands.map(section).join('\n\n')}
`;
}

function section(command: Command): string {
  const { summary, parameters = [], options = {}, examples = [] } = command;
  const words = parameters.map(({ name, help }) => `- \`${name}\`: ${help}`).join('\n');
  return [
    `## ${command.path.join(' ')}`,
    `\`${synopsis(command)}\``,
    `${summary}.`,
    words,
    Object.keys(options).length === 0 ? '' : optionTable(options),
    examples.length === 0 ? '' : `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function optionTable(options: Readonly<Record<string, Option>>): string {
  const rows = optionEntries(options).map(([name, help]) => `| \`${name}\` | ${help} |`);
  return ['| option | meaning |', '|---|---|', ...rows].join('\n');
}
