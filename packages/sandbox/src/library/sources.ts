import type { Account } from '../account/account.ts';
import { uploadKeyOf } from '../account/uploads.ts';

/**
 * The sandbox fetches nothing from anywhere. What the service would read at an address is made up here,
 * the same for the same address.
 */
export function textAt(address: string): string {
  const { hostname } = new URL(address);
  return [
    `The first paragraph was found at ${hostname}.`,
    'A second sentence says why it matters.',
    'The last one sums it up.',
  ].join(' ');
}

/** Whether the service could fetch an address: `.invalid` hosts and uploads that never arrived cannot be. */
export function isReachable(
  address: string,
  account: Pick<Account, 'baseUrl' | 'uploads'>,
): boolean {
  const key = uploadKeyOf(address, account.baseUrl);
  if (key !== undefined) return account.uploads.read(key) !== undefined;
  return !new URL(address).hostname.endsWith('.invalid');
}
