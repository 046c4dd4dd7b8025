/** One request as it arrived. Plain data: the same in the library and in the control API. */
export interface ReceivedRequest {
  /** Counts from 1 since the start or the last reset. */
  readonly number: number;
  /** Machine time, ISO 8601. */
  readonly receivedAt: string;
  readonly method: string;
  /** The request target as sent, query included. */
  readonly target: string;
  /** As sent, without its line end; empty when nothing like one arrived. */
  readonly requestLine: string;
  /** Names and values in the order sent, names in the case sent; white space around values is dropped. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The head's exact bytes, from the request line to the empty line. */
  readonly headBase64: string;
  /** The body's bytes after transfer decoding; empty until it has arrived. */
  bodyBase64: string;
  /** Whether the body arrived to its end. */
  complete: boolean;
  /** The operation that the request was for, `null` when it was none of the API's. */
  readonly operation: string | null;
  /** The status answered; `null` while there is none. */
  status: number | null;
  /** The kind of the fault that shaped the answer, if one did. */
  fault: string | null;
  /** The connection closed before the answer was through, by the caller or by a fault. */
  abandoned: boolean;
}

export type NewRequest = Pick<
  ReceivedRequest,
  'method' | 'target' | 'requestLine' | 'headers' | 'headBase64' | 'operation'
>;

/** Keeps what was received, newest last; beyond its limits it forgets the oldest. */
export class Recorder {
  readonly #requestsMax: number;
  readonly #bodyCharactersMax: number;
  #requests: ReceivedRequest[] = [];
  #count = 0;
  #bodyCharacters = 0;

  constructor(requestsMax = 10_000, bodyCharactersMax = 256 * 1024 * 1024) {
    this.#requestsMax = requestsMax;
    this.#bodyCharactersMax = bodyCharactersMax;
  }

  /** Keeps a request of which the head has arrived. */
  add(request: NewRequest): ReceivedRequest {
    this.#count += 1;
    const received: ReceivedRequest = {
      number: this.#count,
      receivedAt: new Date().toISOString(),
      ...request,
      bodyBase64: '',
      complete: false,
      status: null,
      fault: null,
      abandoned: false,
    };
    this.#requests.push(received);
    this.#forget();
    return received;
  }

  /** Adds the body to a request that is kept. */
  addBody(received: ReceivedRequest, body: Buffer, complete: boolean): void {
    received.bodyBase64 = body.toString('base64');
    received.complete = complete;
    this.#bodyCharacters += received.bodyBase64.length;
    this.#forget();
  }

  list(): readonly ReceivedRequest[] {
    return this.#requests;
  }

  reset(): void {
    this.#requests = [];
    this.#count = 0;
    this.#bodyCharacters = 0;
  }

  /** The newest is kept whatever its size. */
  #forget(): void {
    while (
      this.#requests.length > 1 &&
      (this.#requests.length > this.#requestsMax || this.#bodyCharacters > this.#bodyCharactersMax)
    )
      this.#bodyCharacters -= this.#requests.shift()?.bodyBase64.length ?? 0;
  }
}
