import type { Call, Run } from '../command.ts';
import { proseTeller } from '../try/prose.ts';
import { curlByHand, play } from '../try/script.ts';
import { openStage, type Stage } from '../try/stage.ts';
import type { Tell } from '../try/events.ts';

export const run: Run = async (call) => {
  const { terminal } = call;
  const tell: Tell =
    terminal.form === 'json'
      ? (event) => terminal.print(JSON.stringify(event))
      : proseTeller(terminal);
  const stage = await openStage({
    port: 0,
    adminPort: 0,
    alarm: (message) => terminal.note(`! ${message}`),
  });
  try {
    return await show(call, stage, tell);
  } finally {
    await stage.close();
  }
};

async function show({ terminal, values }: Call, stage: Stage, tell: Tell): Promise<number> {
  const { gateway, sandbox, caFile, folder } = stage;
  tell({
    event: 'started',
    edge: gateway.edgeUrl,
    admin: gateway.adminUrl,
    sandbox: sandbox.url,
    ca: caFile,
    folder,
  });
  const { cast } = await play(stage, tell);
  if (values.flag('once')) return 0;
  tell({ event: 'hand', curl: curlByHand(stage), key: cast.owner.key });
  terminal.note('  ^C ends and forgets everything');
  await stopped();
  return 0;
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
