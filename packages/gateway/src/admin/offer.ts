import type { Clock } from '../ports/clock.ts';
import type { AdminStore } from '../ports/stores.ts';
import { tokenDigest } from './ids.ts';

const offerLifetimeMs = 3_600_000;
const tokenLengthMin = 16;

/** Thrown for a bootstrap token that could be guessed. */
export class BootstrapTokenWeak extends Error {
  override readonly name = 'BootstrapTokenWeak';
}

/**
 * Offers a token that makes the first owner: once, within an hour.
 * @returns false when the gateway has an owner already, or another token is on offer
 * @throws BootstrapTokenWeak when it has fewer than 16 characters
 */
export async function offerBootstrap(
  token: string,
  { admins, clock }: { readonly admins: AdminStore; readonly clock: Clock },
): Promise<boolean> {
  if (token.length < tokenLengthMin) {
    throw new BootstrapTokenWeak(`a bootstrap token has at least ${tokenLengthMin} characters`);
  }
  const nowMs = clock.nowMs();
  return admins.offerBootstrap(tokenDigest(token), nowMs + offerLifetimeMs, nowMs);
}
