import type { IncomingHttpHeaders } from 'node:http';

/** One received request, as the operations see it. */
export interface Call {
  readonly method: string;
  /** Decoded of nothing; doubled slashes are collapsed. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export function toCall(
  method: string,
  target: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Call {
  const [path, query] = splitOnce(target, '?');
  return {
    method,
    path: path.replace(/\/{2,}/g, '/'),
    query: new URLSearchParams(query),
    headers,
    body,
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
