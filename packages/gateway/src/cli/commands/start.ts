import { startGateway, type Gateway } from '../../main.ts';
import { keepBootstrapToken } from '../bootstrapFile.ts';
import type { Call, Run } from '../command.ts';
import { report } from '../report.ts';

export const run: Run = async (call) => {
  const { terminal } = call;
  const { loaded, folder } = await call.place();
  const alarm = (message: string): void =>
    terminal.note(`${terminal.paint('warn', '!')} ${message}`);
  const gateway = await startGateway(loaded, { alarm }).catch((error: unknown) =>
    // What was opened before the failure would keep the process alive.
    process.exit(report(error, terminal)),
  );
  if (gateway.bootstrapToken !== null) {
    keepBootstrapToken(folder, gateway.bootstrapToken);
    terminal.note(`bootstrap token, for one hour and one use: ${gateway.bootstrapToken}`);
    terminal.note('whoever runs the first command on this data folder uses it and is the owner');
  }
  announce(call, gateway);
  return untilStopped(gateway, alarm);
};

/** One line of JSON for whoever waits for it, or the addresses for a person. */
function announce({ terminal, values }: Call, gateway: Gateway): void {
  const { edgeUrl, adminUrl, caFile } = gateway;
  if (values.flag('ready-json') || terminal.form === 'json') {
    terminal.print(
      JSON.stringify({
        event: 'ready',
        edge: edgeUrl,
        admin: adminUrl,
        ca: caFile,
        pid: process.pid,
      }),
    );
    return;
  }
  terminal.print(`${terminal.yes} edge    ${edgeUrl}`);
  terminal.print(`${terminal.yes} admin   ${adminUrl}`);
  if (caFile !== null) terminal.print(`  CA      ${caFile}`);
  terminal.print(terminal.paint('quiet', '  ^C drains and ends'));
}

/** The first signal lets finish what is under way; the second one ends at once. */
async function untilStopped(gateway: Gateway, alarm: (message: string) => void): Promise<number> {
  const stopped = Promise.withResolvers<boolean>();
  let asked = false;
  const stop = (): void => {
    if (asked) process.exit(1);
    asked = true;
    gateway.stop().then(stopped.resolve, (error: unknown) => {
      alarm(error instanceof Error ? error.message : 'the stop failed');
      stopped.resolve(false);
    });
  };
  // By default a hang-up ends the process at once, and whoever sends one means: read your files again.
  process.on('SIGHUP', () => {
    gateway.reload().catch((error: unknown) => {
      alarm(error instanceof Error ? error.message : 'the reload failed');
    });
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const drained = await stopped.promise;
  process.exit(drained ? 0 : 1);
}
