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

/** Keeps what was received, newest last, and forgets the oldest beyond `requestsMax`. */
export class Recorder {
  readonly #requestsMax: number;
  #requests: ReceivedRequest[] = [];
  #count = 0;

  constructor(requestsMax = 10_000) {
    this.#requestsMax = requestsMax;
  }

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
    if (this.#requests.length > this.#requestsMax) this.#requests.shift();
    return received;
  }

  list(): readonly ReceivedRequest[] {
    return this.#requests;
  }

  /** How many were received, forgotten ones included. */
  get count(): number {
    return this.#count;
  }

  reset(): void {
    this.#requests = [];
    this.#count = 0;
  }
}
