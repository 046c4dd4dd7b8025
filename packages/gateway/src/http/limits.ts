/** What one listener endures. Sizes in bytes, times in milliseconds. */
export interface Limits {
  /** Request line and headers together. More: 431. */
  readonly headerBytesMax: number;
  /** More: 431. */
  readonly headerCountMax: number;
  /** Length of the request target. More: 414. */
  readonly targetBytesMax: number;
  /** To the first byte of a connection, and again from there to the end of the TLS handshake. */
  readonly handshakeTimeoutMs: number;
  /** From the first byte (or from the handshake) to the end of the headers. Later: 408. */
  readonly headersTimeoutMs: number;
  /** From the first byte to the end of the body, however fast it comes. Later: 408. */
  readonly requestTimeoutMs: number;
  /** A body that is waited for must come at least this fast, measured over `slownessMs`. Slower: 408. */
  readonly bodyBytesPerSecondMin: number;
  /** A reader must take an answer at least this fast, measured over `slownessMs`. Slower: cut. */
  readonly answerBytesPerSecondMin: number;
  /** Window over which slowness is measured. Who stalls is cut after two windows at most. */
  readonly slownessMs: number;
  /** How often timeouts are checked. */
  readonly checkIntervalMs: number;
  /** Idle time between two requests. */
  readonly keepAliveTimeoutMs: number;
  readonly requestsPerConnectionMax: number;
  /** Requests that may wait behind the one being answered; the connection ends after those. */
  readonly pipelinedMax: number;
  /** More connections are closed at once. */
  readonly connectionsMax: number;
  /** Per IPv4 address or IPv6 /64 network. */
  readonly connectionsPerIpMax: number;
  /** After a refusal, how long the rest of the body is thrown away so that the caller can read the answer. */
  readonly lingerMs: number;
  readonly lingerBytesMax: number;
  /** While draining, a connection without a request for this time is closed. */
  readonly drainQuietMs: number;
}

export const defaultLimits: Limits = {
  headerBytesMax: 16 * 1024,
  headerCountMax: 100,
  targetBytesMax: 8 * 1024,
  handshakeTimeoutMs: 7_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 300_000,
  bodyBytesPerSecondMin: 1024,
  answerBytesPerSecondMin: 1024,
  slownessMs: 6_000,
  checkIntervalMs: 1_000,
  keepAliveTimeoutMs: 65_000,
  requestsPerConnectionMax: 10_000,
  pipelinedMax: 16,
  connectionsMax: 20_000,
  connectionsPerIpMax: 1_000,
  lingerMs: 2_000,
  lingerBytesMax: 16 * 1024 * 1024,
  drainQuietMs: 1_000,
};
