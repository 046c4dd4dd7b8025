const firstBytes = 16 * 1024;
const empty = new Uint8Array(0);

/**
 * Gathers the chunks of a body. A body that comes in one piece is kept as it is; other chunks are copied together at
 * once, because a million chunks of one byte would cost hundreds of times their length if each were kept.
 */
export class ByteCollector {
  readonly #bytesDeclared: number | null;
  #whole: Buffer | null = null;
  #length = 0;

  constructor(bytesDeclared: number | null) {
    this.#bytesDeclared = bytesDeclared;
  }

  push(chunk: Buffer): void {
    if (this.#whole === null && chunk.length === this.#bytesDeclared) {
      this.#whole = chunk;
    } else {
      this.#reserve(this.#length + chunk.length).set(chunk, this.#length);
    }
    this.#length += chunk.length;
  }

  bytes(): Uint8Array {
    return this.#whole?.subarray(0, this.#length) ?? empty;
  }

  #reserve(bytes: number): Buffer {
    const whole = this.#whole;
    if (whole !== null && whole.length >= bytes) return whole;
    const grown = Buffer.allocUnsafe(Math.max(bytes, firstBytes, 2 * (whole?.length ?? 0)));
    whole?.copy(grown, 0, 0, this.#length);
    this.#whole = grown;
    return grown;
  }
}
