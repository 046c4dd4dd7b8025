import type { Denial } from '../domain/denial.ts';
import type { Method } from '../domain/operation.ts';

/** A call to the provider, without its credential: the adapter adds that. */
export interface UpstreamCall {
  readonly method: Method;
  /** Canonical path below the configured base address. */
  readonly path: string;
  /** Encoded query without `?`; empty when there is none. */
  readonly query: string;
  /** Already reduced to the allowlist, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | null;
  /** Only for a streamed body. */
  readonly bodyBytes?: number;
  /** Read the reply into memory, at most this many bytes; 0: it may be streamed. */
  readonly bufferBytesMax: number;
  /** Whether sending it twice is harmless. A call that is not is never repeated. */
  readonly repeatable: boolean;
  /** The caller is gone: abort. */
  readonly gone: AbortSignal | null;
}

export interface UpstreamReply {
  readonly status: number;
  /** Filtered: no hop-by-hop headers, cookies, CORS or transport policy. Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  /** From the first byte sent to the reply's head, in milliseconds. */
  readonly headMs: number;
}

export interface Upstream {
  /** Resolves with the reply, whatever its status, or with a denial of the `upstream_…` family or `circuit_open`. */
  send(call: UpstreamCall): Promise<UpstreamReply | Denial>;
  /** Reads something harmless with the present credential. */
  probe(): Promise<UpstreamReply | Denial>;
  readonly state: () => {
    readonly circuit: 'closed' | 'open' | 'half-open';
    readonly inFlight: number;
  };
  close(): Promise<void>;
}
