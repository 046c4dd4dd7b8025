import type { HeaderList } from '../domain/received.ts';

/** Request headers that may pass to any provider. Everything else stays here, whatever its spelling. */
const passing = ['accept', 'accept-language', 'content-type', 'traceparent', 'tracestate'];

/**
 * The caller's headers that go upstream: an allowlist, so no identity or forwarding header of any spelling passes, and
 * names listed in `Connection` cannot remove what the gateway sets later.
 */
export function requestHeaderFilter(
  providerHeaders: readonly string[],
): (headers: HeaderList) => [name: string, value: string][] {
  const allowed = new Set([...passing, ...providerHeaders]);
  return (headers) => {
    const kept: [string, string][] = [];
    for (const [name, value] of headers.pairs) if (allowed.has(name)) kept.push([name, value]);
    return kept;
  };
}

/**
 * Headers of the upstream's answer that end here: hop-by-hop (RFC 9110 section 7.6.1), the body's framing (set anew), what
 * would speak for the gateway's own origin (cookies, CORS, transport policy), and what tells about its servers.
 */
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'set-cookie',
  'set-cookie2',
  'strict-transport-security',
  'public-key-pins',
  'expect-ct',
  'alt-svc',
  'server',
  'via',
  'x-powered-by',
  'x-request-id',
  'clear-site-data',
  'report-to',
  'nel',
  'reporting-endpoints',
  'www-authenticate',
  'filmgate-error',
]);

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

export function filterReplyHeaders(headers: RawHeaders): [name: string, value: string][] {
  const named = listedInConnection(headers['connection']);
  const kept: [string, string][] = [];
  for (const name in headers) {
    if (dropped.has(name) || name.startsWith('access-control-') || named?.has(name)) continue;
    const value = headers[name];
    if (typeof value === 'string') kept.push([name, value]);
    else if (value !== undefined) for (const one of value) kept.push([name, one]);
  }
  return kept;
}

function listedInConnection(value: string | string[] | undefined): ReadonlySet<string> | null {
  if (value === undefined || value === 'keep-alive' || value === 'close') return null;
  return new Set(
    String(value)
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  );
}
