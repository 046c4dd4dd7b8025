import { systemClock as clock } from '../system/clock.ts';
import type { Core } from './core.ts';
import { renewCertificates, type OpenListeners } from './listeners.ts';

const second = 1_000;
const hour = 3_600_000;

/** What is done from time to time; returns the way to stop, which does the last round. */
export function startChores(core: Core, listeners: OpenListeners): () => Promise<void> {
  const { keyUses, stores, alarm } = core;
  const attempt = (name: string, work: () => Promise<void>) => () => {
    work().catch((error: unknown) => {
      alarm(`${name} failed: ${error instanceof Error ? error.message : 'unknown failure'}`);
    });
  };
  const timers = [
    setInterval(
      attempt('writing down the last use of keys', () => keyUses.flush()),
      second,
    ),
    setInterval(
      attempt('removing expired tokens', () => stores.tokens.removeExpired(clock.nowMs())),
      hour,
    ),
    setInterval(
      attempt('renewing certificates', () => renewCertificates(core, listeners)),
      hour,
    ),
  ];
  for (const timer of timers) timer.unref();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await keyUses.flush().catch(() => alarm('the last use of keys could not be written down'));
  };
}
