import type { IncomingHttpHeaders } from 'node:http';

/** One received request, as the operations see it. */
export interface Call {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Path and query of a request target; doubled slashes are one. */
export function placeOf(target: string): Pick<Call, 'path' | 'query'> {
  const [path, query] = splitOnce(target, '?');
  return { path: path.replace(/\/{2,}/g, '/'), query: new URLSearchParams(query) };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
