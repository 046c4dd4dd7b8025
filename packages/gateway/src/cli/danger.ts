import type { Call } from './command.ts';
import { Failure } from './failure.ts';

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
