import type { Run } from '../command.ts';
import { plain } from '../terminal.ts';

interface Status {
  readonly version: string;
  readonly runtime: string;
  readonly mode: string;
  readonly started_at: string;
  readonly ready: boolean;
  readonly listeners: readonly { readonly name: string; readonly address: string }[];
  readonly capabilities: readonly {
    readonly name: string;
    readonly state: 'ok' | 'degraded' | 'down';
    readonly detail: string;
  }[];
}

export const run: Run = async ({ gateway, terminal }) => {
  const { body: status } = await (await gateway()).get<Status>('/v1/status');
  const marks = { ok: terminal.yes, degraded: terminal.paint('warn', '!'), down: terminal.no };
  terminal.show(status, () => [
    `${status.ready ? terminal.yes : terminal.no} ${terminal.paint('strong', status.ready ? 'ready' : 'not ready')}` +
      `   filmgate ${status.version}, ${status.runtime}, ${status.mode}`,
    `  since ${terminal.time(status.started_at)}`,
    '',
    ...status.listeners.map(({ name, address }) => `  ${name.padEnd(12)} ${address}`),
    '',
    ...status.capabilities.map(
      ({ name, state, detail }) => `${marks[state]} ${name.padEnd(12)} ${plain(detail)}`,
    ),
  ]);
  return status.ready ? 0 : 2;
};
