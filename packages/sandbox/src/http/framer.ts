/** The bytes of one request's head, up to and with the empty line. */
type RequestHead = Buffer;

type State =
  | { readonly reading: 'head' }
  | { readonly reading: 'body'; left: number }
  | { readonly reading: 'chunk size' }
  | { readonly reading: 'chunk'; left: number }
  | { readonly reading: 'trailer' };

const lineEnd = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

/**
 * Finds where requests begin and end in the bytes of a connection (RFC 9112 section 6), so that each head
 * can be kept as it was sent. It trusts the HTTP parser beside it to refuse what is broken.
 */
export class RequestFramer {
  readonly #heads: RequestHead[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #state: State = { reading: 'head' };

  push(chunk: Buffer): void {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    while (this.#step());
  }

  /** The oldest complete head that was not taken yet. */
  takeHead(): RequestHead | undefined {
    return this.#heads.shift();
  }

  /** Heads that nobody took, and bytes that belong to no complete part yet. */
  leftOver(): Buffer {
    return Buffer.concat([...this.#heads, this.#rest]);
  }

  #step(): boolean {
    const state = this.#state;
    switch (state.reading) {
      case 'head':
        return this.#readHead();
      case 'body':
        return this.#skip(state, { reading: 'head' });
      case 'chunk size':
        return this.#readChunkSize();
      case 'chunk':
        return this.#skip(state, { reading: 'chunk size' });
      case 'trailer':
        return this.#readTrailer();
    }
  }

  #readHead(): boolean {
    const at = this.#rest.indexOf(headEnd);
    if (at < 0) return false;
    const head = this.#take(at + headEnd.length);
    this.#heads.push(head);
    const fields = head.toString('latin1').toLowerCase();
    const length = /\r\ncontent-length:[ \t]*(\d+)/.exec(fields)?.[1];
    if (/\r\ntransfer-encoding:[^\r]*chunked/.test(fields)) this.#state = { reading: 'chunk size' };
    else if (length !== undefined) this.#state = { reading: 'body', left: Number(length) };
    return true;
  }

  #readChunkSize(): boolean {
    const at = this.#rest.indexOf(lineEnd);
    if (at < 0) return false;
    const size = Number.parseInt(this.#take(at + lineEnd.length).toString('latin1'), 16);
    this.#state =
      size > 0 ? { reading: 'chunk', left: size + lineEnd.length } : { reading: 'trailer' };
    return true;
  }

  #readTrailer(): boolean {
    const at = this.#rest.indexOf(lineEnd);
    if (at < 0) return false;
    this.#take(at + lineEnd.length);
    if (at === 0) this.#state = { reading: 'head' };
    return true;
  }

  #skip(state: { left: number }, next: State): boolean {
    if (this.#rest.length === 0 && state.left > 0) return false;
    const skipped = Math.min(state.left, this.#rest.length);
    this.#take(skipped);
    state.left -= skipped;
    if (state.left > 0) return false;
    this.#state = next;
    return true;
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}
