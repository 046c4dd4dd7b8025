/** Header fields in wire order; a name may stand more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A request as it stood on the wire. Every string is a latin1 byte string (char codes 0 to 255). */
export interface TransactionInput {
  readonly method: string;
  /** The request target, undecoded. */
  readonly uri: string;
  /** `HTTP/1.1` and the like. */
  readonly protocol: string;
  readonly headers: HeaderList;
  /** Bytes of the body, decompressed. May also be given later with `setRequestBody`. */
  readonly body?: string;
  /**
   * Names of arguments, such as `json.scenes.0.time`, whose values the operation's schema has proven
   * to be a number, a boolean, a choice, a UUID, a date or the like. Rules about ARGS do not look at
   * them. May also be given later with `setProven`.
   */
  readonly proven?: ReadonlySet<string>;
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  readonly serverAddress?: string;
  readonly serverPort?: number;
  /** UNIQUE_ID; the sampling of the Core Rule Set hashes it. */
  readonly id?: string;
  /** Milliseconds since 1970, for the TIME variables, which are empty without it. */
  readonly timeMs?: number;
}

/** The head of a response. */
export interface ResponseInput {
  readonly status: number;
  readonly protocol?: string;
  readonly headers: HeaderList;
}
