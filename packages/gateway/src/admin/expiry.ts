import { deny, type Denial } from '../domain/denial.ts';

const lifetimeMaxMs = 5 * 366 * 86_400_000;

/** When a credential ends: at the moment that was asked for, otherwise after its usual lifetime. */
export function toExpiry(
  text: string | undefined,
  nowMs: number,
  lifetimeMs: number,
): number | Denial {
  const expiresAtMs = text === undefined ? nowMs + lifetimeMs : Date.parse(text);
  if (expiresAtMs > nowMs && expiresAtMs <= nowMs + lifetimeMaxMs) return expiresAtMs;
  return deny('field_invalid', {
    pointer: '/expires_at',
    hint: 'expected a moment in the future, at most five years ahead',
  });
}
