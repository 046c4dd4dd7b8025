const lineFeed = 10;

/**
 * What was written last, as it was written: whoever asks about a request that just happened need not wait for files.
 * Whole writes are kept and dropped, so that an entry costs nothing here.
 */
export class Recent {
  readonly #bytesMax: number;
  readonly #writes: Buffer[] = [];
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** @param lines whole lines, each with its line feed */
  add(lines: Buffer): void {
    this.#writes.push(lines);
    this.#bytes += lines.length;
    while (this.#bytes > this.#bytesMax) this.#bytes -= this.#writes.shift()!.length;
  }

  /** The last line that begins so, without its line feed; or null. */
  find(start: string): string | null {
    for (const lines of this.#writes.toReversed()) {
      let at = lines.lastIndexOf(start);
      // The same text inside a line is no line.
      while (at > 0 && lines[at - 1] !== lineFeed) at = lines.lastIndexOf(start, at - 1);
      if (at !== -1) return lines.toString('utf8', at, lines.indexOf(lineFeed, at));
    }
    return null;
  }
}
