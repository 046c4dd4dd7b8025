/** Writes bits, most significant first, with the codes of H.264 (ITU-T H.264, clauses 7.2 and 9.1). */
export class BitWriter {
  readonly #bytes: number[] = [];
  #bit = 0;

  /** `count` bits of `value`. */
  bits(value: number, count: number): this {
    for (let shift = count - 1; shift >= 0; shift -= 1) this.#push((value >> shift) & 1);
    return this;
  }

  /** ue(v): unsigned Exp-Golomb. */
  unsigned(value: number): this {
    const code = value + 1;
    const length = 32 - Math.clz32(code);
    return this.bits(0, length - 1).bits(code, length);
  }

  /** se(v) of zero, the only signed value that is needed here. */
  signedZero(): this {
    return this.unsigned(0);
  }

  alignWithZeros(): this {
    while (this.#bit !== 0) this.#push(0);
    return this;
  }

  /** Whole bytes; the writer must be aligned. */
  bytes(values: Uint8Array): this {
    for (const value of values) this.#bytes.push(value);
    return this;
  }

  /** rbsp_trailing_bits: a one, then zeros to the end of the byte. */
  finish(): Buffer {
    this.bits(1, 1).alignWithZeros();
    return Buffer.from(this.#bytes);
  }

  #push(bit: number): void {
    if (this.#bit === 0) this.#bytes.push(0);
    const last = this.#bytes.length - 1;
    this.#bytes[last] = this.#bytes[last]! | (bit << (7 - this.#bit));
    this.#bit = (this.#bit + 1) % 8;
  }
}
