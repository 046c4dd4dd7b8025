import type { Received } from '../domain/received.ts';
import type { Json } from '../domain/shape.ts';
import type { UpstreamCall } from '../ports/upstream.ts';
import type { Provider } from '../providers/provider.ts';
import type { Authenticated } from '../guards/authenticate.ts';
import type { Routed } from '../guards/routes.ts';
import { requestHeaderFilter } from '../upstream/headers.ts';
import { isPaid } from '../domain/operation.ts';

/** What a request must have proved before it may become a call upstream. */
export type Callable = Received &
  Routed &
  Authenticated & {
    readonly body: { readonly bytes: Uint8Array | null; readonly json: Json | undefined };
  };

/** Builds the call from the operation's own path template and encoded values, so that it cannot leave the provider's prefix. */
export function callBuilder(
  provider: Provider,
  options: { readonly replyBytesMax: number; readonly uploadBytesMax: number },
): (facts: Callable) => UpstreamCall {
  const filter = requestHeaderFilter(provider.requestHeaders);
  const { jobCall } = provider;
  return (facts) => {
    const { operation, parameters, query, headers, principal, body, gone } = facts;
    const looksInside =
      operation.creates.length > 0 ||
      operation.lists !== null ||
      operation.id === jobCall?.operationId;
    return {
      method: operation.method,
      path: fillTemplate(operation.path, parameters),
      query: query.length === 0 ? '' : encodeQuery(query),
      headers: [...filter(headers), ...provider.clientHeaders(principal.client.id)],
      body: body.bytes,
      bufferBytesMax: looksInside ? options.replyBytesMax : 0,
      repeatable: operation.method === 'GET' && !isPaid(operation),
      gone,
    };
  };
}

function fillTemplate(template: string, parameters: Readonly<Record<string, string>>): string {
  if (!template.includes('{')) return template;
  return template.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name]!),
  );
}

const encodeQuery = (query: Received['query']): string =>
  query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
