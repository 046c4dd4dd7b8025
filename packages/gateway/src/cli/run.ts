import { environment } from '../config/environment.ts';
import type { Call } from './command.ts';
import { systemClock } from '../system/clock.ts';
import { commands } from './commands.ts';
import { parseCommandLine, type Parsed } from './parse.ts';
import { report } from './report.ts';
import { Terminal } from './terminal.ts';
import { usage } from './usage.ts';
import { Values } from './values.ts';

/** Runs a command line to its exit code. Never rejects. */
export async function run(words: readonly string[]): Promise<number> {
  let terminal = terminalFor(new Values({}));
  try {
    const parsed = parseCommandLine(words, commands);
    if (parsed.kind === 'command') terminal = terminalFor(parsed.values);
    return await carryOut(parsed, terminal);
  } catch (error) {
    return report(error, terminal);
  }
}

function terminalFor(values: Values): Terminal {
  const named = values.flag('json') ? 'json' : values.text('output');
  return new Terminal({
    stdout: process.stdout,
    stderr: process.stderr,
    environment,
    form: named === 'json' || named === 'table' ? named : null,
    utc: values.flag('utc'),
  });
}

async function carryOut(parsed: Parsed, terminal: Terminal): Promise<number> {
  switch (parsed.kind) {
    case 'help':
      for (const line of usage(parsed.path, commands)) terminal.print(line);
      return 0;
    case 'version':
      terminal.print((await import('../config/version.ts')).version);
      return 0;
    case 'command': {
      const act = await parsed.command.load();
      return act(toCall(parsed, terminal));
    }
  }
}

function toCall(
  { parameters, values }: Extract<Parsed, { kind: 'command' }>,
  terminal: Terminal,
): Call {
  return {
    parameters,
    values,
    terminal,
    nowMs: () => systemClock.nowMs(),
    place: async () => (await import('./place.ts')).findPlace(values, environment),
    gateway: async () => {
      const [{ findPlace }, { connect }] = await Promise.all([
        import('./place.ts'),
        import('./connect.ts'),
      ]);
      return connect(findPlace(values, environment), environment, (line) => terminal.note(line));
    },
  };
}
