/** Things with an id, in the order of their creation. */
export class Collection<Item> {
  readonly #items = new Map<string, Item>();

  set(id: string, item: Item): void {
    this.#items.set(id, item);
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  delete(id: string): boolean {
    return this.#items.delete(id);
  }

  /** Newest first. */
  list(): readonly Item[] {
    return [...this.#items.values()].reverse();
  }
}
