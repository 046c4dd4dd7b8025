import type { TransactionInput } from '../src/index.ts';

/** What a strict HTTP/1 server makes of the bytes of one request. */
export type Received =
  | { readonly kind: 'request'; readonly request: TransactionInput & { readonly body: string } }
  /** HTTP/0.9: a request without version, whose response has no head that a client could read. */
  | { readonly kind: 'simple'; readonly request: TransactionInput & { readonly body: string } }
  | { readonly kind: 'refused'; readonly status: 400 };

const REFUSED: Received = { kind: 'refused', status: 400 };
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._~-]+)(?::[0-9]*)?$/;

/**
 * Read a request as RFC 9112 wants it: refuses a malformed request line or target, a version before
 * 1.0, control characters in fields, a Content-Length that is no number, and in HTTP/1.1 a missing
 * or malformed Host. Fields of the same name become one; Content-Length gives way to chunked coding.
 */
export function receive(raw: string): Received {
  const headEnd = raw.indexOf('\r\n\r\n');
  if (headEnd === -1) return REFUSED;
  const [requestLine = '', ...fieldLines] = raw.slice(0, headEnd).split('\r\n');
  const [method = '', uri = '', protocol = '', ...rest] = requestLine.split(' ');
  if (rest.length > 0 || !TOKEN.test(method) || !isTarget(method, uri)) return REFUSED;
  if (protocol !== '' && !/^HTTP\/[1-9]\.[0-9]$/.test(protocol)) return REFUSED;
  const headers = parseFields(fieldLines);
  if (headers === null || !hasSoundHost(headers, protocol)) return REFUSED;
  const body = readBody(headers, raw.slice(headEnd + 4));
  if (body === null) return REFUSED;
  const request = {
    method,
    uri,
    protocol,
    headers: [...headers.values()],
    remoteAddress: '127.0.0.1',
    body,
  };
  return { kind: protocol === '' ? 'simple' : 'request', request };
}

type Fields = Map<string, [name: string, value: string]>;

function isTarget(method: string, target: string): boolean {
  if (target === '' || /[\x00-\x20\x7f#]/.test(target)) return false;
  if (method === 'CONNECT') return /^[^/?@]+:[0-9]+$/.test(target);
  if (target === '*') return method === 'OPTIONS';
  return target.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(target);
}

function parseFields(lines: readonly string[]): Fields | null {
  const fields: Fields = new Map();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
    if (!TOKEN.test(name) || /[\0\r\n]/.test(value)) return null;
    const known = fields.get(name.toLowerCase());
    if (known === undefined) fields.set(name.toLowerCase(), [name, value]);
    else known[1] += `${name.toLowerCase() === 'cookie' ? ';' : ','} ${value}`;
  }
  return fields;
}

function hasSoundHost(headers: Fields, protocol: string): boolean {
  if (protocol !== 'HTTP/1.1') return true;
  const host = headers.get('host')?.[1];
  return host !== undefined && HOST.test(host);
}

function readBody(headers: Fields, rest: string): string | null {
  if (headers.get('transfer-encoding')?.[1].toLowerCase() === 'chunked') {
    headers.delete('content-length');
    return readChunks(rest);
  }
  const length = headers.get('content-length')?.[1];
  if (length === undefined) return '';
  return /^[0-9]+$/.test(length) ? rest.slice(0, Number(length)) : null;
}

function readChunks(rest: string): string | null {
  let body = '';
  let at = 0;
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(rest.slice(at, lineEnd), 16);
    if (Number.isNaN(size)) return body === '' ? null : body;
    if (size === 0) return body;
    body += rest.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + (rest.startsWith('\r\n', lineEnd + 2 + size) ? 2 : 0);
  }
}
