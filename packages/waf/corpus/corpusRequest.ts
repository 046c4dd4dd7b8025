/** One request of a corpus, in text as a client would write it (UTF-8 on the wire). */
export interface CorpusRequest {
  readonly method: string;
  readonly target: string;
  /** Empty for a request without a body. */
  readonly contentType: string;
  readonly body: string;
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

/** Text as the bytes of its UTF-8 form, one character a byte. */
export function toWire(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
