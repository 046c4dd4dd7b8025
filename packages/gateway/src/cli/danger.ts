import type { Call } from './command.ts';
import { Failure } from './failure.ts';
import type { Gateway } from './gateway.ts';

interface DryRun {
  readonly effect: readonly string[];
}

/**
 * Shows what a dangerous change would do, and goes on only with `--yes` and `--reason`.
 * @throws Failure when one is missing: nothing was changed
 */
export async function confirm(
  { terminal, values }: Pick<Call, 'terminal' | 'values'>,
  preview: (reason: string) => Promise<DryRun>,
): Promise<string> {
  const reason = values.text('reason');
  const { effect } = await preview(reason ?? 'not given yet');
  for (const line of effect) terminal.note(`${terminal.paint('warn', '!')} ${line}`);
  if (reason !== null && values.flag('yes')) return reason;
  throw new Failure('nothing was changed', ['to go on add --yes --reason "…"']);
}

interface Danger {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly ifMatch: string;
}

/**
 * Shows a dangerous change as a dry run, and makes it with the reason that was given; returns what the gateway answers.
 * @throws Failure as {@link confirm}
 */
export async function changeConfirmed(
  call: Pick<Call, 'terminal' | 'values'>,
  gateway: Gateway,
  { method, path, ifMatch }: Danger,
): Promise<object> {
  const send = async <Body>(reason: string, dryRun: boolean): Promise<Body> => {
    const query = method === 'DELETE' ? `?reason=${encodeURIComponent(reason)}` : '';
    const body = method === 'DELETE' ? {} : { body: { reason } };
    return (await gateway.change<Body>(method, path + query, { ...body, ifMatch, dryRun })).body;
  };
  const reason = await confirm(call, (given) => send<DryRun>(given, true));
  return send(reason, false);
}
