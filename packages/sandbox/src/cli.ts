#!/usr/bin/env node
import { help, readFlags } from './cli/flags.ts';
import { banner, readyLine } from './cli/banner.ts';
import { startSandbox } from './start.ts';

const exitUsage = 78;
const command = readFlags(process.argv.slice(2));

switch (command.do) {
  case 'help':
    process.stdout.write(help);
    break;
  case 'refuse':
    process.stderr.write(`filmgate-sandbox: ${command.reason}\nSee filmgate-sandbox --help.\n`);
    process.exitCode = exitUsage;
    break;
  case 'start':
    await start(command);
    break;
}

async function start({ options, json }: Extract<typeof command, { do: 'start' }>): Promise<void> {
  try {
    const sandbox = await startSandbox(options);
    process.stdout.write(json ? readyLine(sandbox) : banner(sandbox));
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void sandbox.close());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`filmgate-sandbox: could not start: ${reason}\n`);
    process.exitCode = 1;
  }
}
