import type { Call } from './command.ts';
import { Failure } from './failure.ts';

/**
 * Secrets are printed once, to a person, or where somebody said so. Asked before anything is created: a secret that
 * cannot be shown would be lost.
 */
export function checkReveal({ terminal, values }: Pick<Call, 'terminal' | 'values'>): void {
  if (terminal.isPerson || values.flag('reveal')) return;
  throw new Failure('the secret would go into a pipe or file; nothing was created', [
    'add --reveal if that is what you want',
  ]);
}
