/**
 * The lines written last, by id; a later one of the same id takes the place of the earlier. When one half is full, the
 * older half is forgotten: that bounds the memory without any bookkeeping per entry.
 */
export class Recent {
  readonly #halfLengthMax: number;
  #young = new Map<string, string>();
  #old: ReadonlyMap<string, string> = new Map();
  #youngLength = 0;

  /** @param lengthMax characters to keep, more or less */
  constructor(lengthMax: number) {
    this.#halfLengthMax = lengthMax / 2;
  }

  add(id: string, line: string): void {
    this.#young.set(id, line);
    this.#youngLength += line.length;
    if (this.#youngLength <= this.#halfLengthMax) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngLength = 0;
  }

  find(id: string): string | null {
    return this.#young.get(id) ?? this.#old.get(id) ?? null;
  }
}
