import type { HeaderList, Received } from '../domain/received.ts';
import type { WithContent } from '../guards/readBody.ts';
import type { UpstreamCall } from '../ports/upstream.ts';
import type { Provider } from '../providers/provider.ts';
import type { Authenticated } from '../guards/authenticate.ts';
import type { Routed } from '../guards/routes.ts';
import { requestHeaderFilter } from '../upstream/headers.ts';
import { isPaid } from '../domain/operation.ts';

/** What a request must have proved before it may become a call upstream. */
export type Callable = Received & Routed & Authenticated & WithContent;

export type BuildCall = (facts: Callable) => UpstreamCall;

/** Builds the call from the operation's own path template and encoded values, so that it cannot leave the provider's prefix. */
export function callBuilder(
  provider: Provider,
  options: { readonly replyBytesMax: number },
): BuildCall {
  const filter = requestHeaderFilter(provider.requestHeaders);
  const { jobCall } = provider;
  return (facts) => {
    const { operation, parameters, query, headers, principal, content, gone } = facts;
    const looksInside =
      operation.creates.length > 0 ||
      operation.deletes !== null ||
      operation.lists !== null ||
      operation.id === jobCall?.operationId;
    return {
      method: operation.method,
      path: fillTemplate(operation.path, parameters),
      query: query.length === 0 ? '' : encodeQuery(query),
      headers: [...filter(headers), ...provider.clientHeaders(principal.client.id)],
      body: content.bytes ?? content.stream,
      ...(content.stream !== null && declaredLength(headers)),
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

/** A streamed body keeps its declared length: not every upstream takes chunks. */
function declaredLength(headers: HeaderList): { readonly bodyBytes?: number } {
  const length = headers.get('content-length');
  return length === undefined ? {} : { bodyBytes: Number(length) };
}
