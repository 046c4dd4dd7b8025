/** One request of a corpus, in text as a client would write it (UTF-8 on the wire). */
export interface CorpusRequest {
  readonly method: string;
  readonly target: string;
  /** Empty for a request without a body. */
  readonly contentType: string;
  /** Text, or bytes as they are. Empty for a request without a body. */
  readonly body: string | Uint8Array;
  /** Headers beside those that every client sends. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Names, as WAF arguments, of the values that the operation's schema proves to be no free text. */
  readonly proven?: ReadonlySet<string>;
}

/** A request with what is known of it. */
export interface LabelledRequest extends CorpusRequest {
  /** Class of attack, or kind of benign request. */
  readonly kind: string;
  /** The payload or text that matters, for reports. */
  readonly sample: string;
}

/** Bytes, or the UTF-8 form of a text, one character a byte. */
export function toWire(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
  return bytes.toString('latin1');
}
