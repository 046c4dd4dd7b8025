import type { Denial } from './denial.ts';
import type { Method } from './operation.ts';

/**
 * A request as it came in: ONE canonical path, query and header list that every later step reads.
 * Whoever needs the address decides from these members and nothing else.
 */
export interface Received {
  /** `req_` and 26 characters that sort by time. */
  readonly id: string;
  readonly receivedAtMs: number;
  readonly method: Method;
  /** Canonical path: starts with one `/`, no empty or dot segment, percent-encoding normalised. */
  readonly path: string;
  /** The decoded segments of `path`. */
  readonly segments: readonly string[];
  /** Decoded, in the order of arrival. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: HeaderList;
  readonly socket: SocketFacts;
  readonly body: BodySource;
  /** Aborts when the caller is gone. */
  readonly gone: AbortSignal;
}

/** Names in lower case, values as bytes in latin1, in the order of arrival. Security headers are known to be single. */
export interface HeaderList {
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** The first value, or undefined. `name` in lower case. */
  get(name: string): string | undefined;
}

export interface SocketFacts {
  readonly address: string;
  readonly port: number;
  readonly encrypted: boolean;
  /** SHA-256 of the client's certificate, hex, when one was presented in this handshake and verified; re-checked per request. */
  readonly certificate?: { readonly subject: string; readonly fingerprint256: string };
}

/** The body not yet read. Nobody but the guards past `authorize` may read it. */
export interface BodySource {
  /** From Content-Length; null when chunked; 0 when there is none. */
  readonly bytesDeclared: number | null;
  /** Reads all of it, or refuses with `body_too_large`, `body_timeout`, `framing_invalid` or `caller_gone`. At most once. */
  read(bytesMax: number): Promise<Uint8Array | Denial>;
  /** Hands the bytes through in order, for bodies that no guard looks into; refuses as `read` does, by throwing {@link BodyRefused}. */
  stream(bytesMax: number): AsyncIterable<Uint8Array>;
}

/** Ends a streamed body that turned out to be too large, too slow or malformed: whoever consumes it must not take what came for a whole. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  readonly denial: Denial;

  constructor(denial: Denial) {
    super(`the request body was refused: ${denial.code}`);
    this.denial = denial;
  }
}

/** What the gateway answers. `body` null: none. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array> | null;
}
