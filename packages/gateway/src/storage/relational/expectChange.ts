import { StoreConflict } from '../../ports/stores.ts';

/**
 * For changes that name the version they expect.
 * @throws StoreConflict when no row was changed
 */
export function expectChange(changedRows: bigint, what: string): void {
  if (changedRows === 0n) {
    throw new StoreConflict(`the ${what} was changed or removed since it was read`);
  }
}
