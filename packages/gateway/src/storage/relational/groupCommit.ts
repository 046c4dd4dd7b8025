import { StoreConflict } from '../../ports/stores.ts';

interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets all changes that wait share one transaction, for it is the sync at the end that costs: while one runs, the next
 * ones gather. A change that conflicts fails alone.
 */
export class GroupCommit<Item> {
  readonly #commit: (items: readonly Item[]) => Promise<void>;
  readonly #changesMax: number;
  #waiting: Waiting<Item>[] = [];
  #isCommitting = false;

  /** @param commit makes the changes in one transaction, all or none */
  constructor(commit: (items: readonly Item[]) => Promise<void>, changesMax = 100) {
    this.#commit = commit;
    this.#changesMax = changesMax;
  }

  /** Resolves once the change is durable; all of its items or none. */
  add(items: readonly Item[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      if (!this.#isCommitting) void this.#commitAll();
    });
  }

  async #commitAll(): Promise<void> {
    this.#isCommitting = true;
    while (this.#waiting.length > 0) {
      const changes = this.#waiting.splice(0, this.#changesMax);
      await this.#commitTogether(changes);
    }
    this.#isCommitting = false;
  }

  async #commitTogether(changes: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.#commit(changes.flatMap(({ items }) => items));
    } catch (error) {
      // Nothing of the transaction stands: whoever is not to blame for that gets one of its own.
      if (error instanceof StoreConflict && changes.length > 1) {
        for (const change of changes) await this.#commitTogether([change]);
      } else for (const { reject } of changes) reject(error);
      return;
    }
    for (const { resolve } of changes) resolve();
  }
}
