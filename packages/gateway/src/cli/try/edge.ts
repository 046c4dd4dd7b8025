import type { TryClient } from './clients.ts';

export interface EdgeAnswer {
  readonly status: number;
  readonly requestId: string;
  /** The parsed body. */
  readonly json: Readonly<Record<string, unknown>>;
}

const jsonType = { 'content-type': 'application/json' };

/** One request of an application to the edge, as any HTTP client would send it. */
export async function callEdge(
  edgeUrl: string,
  client: Pick<TryClient, 'key'>,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<EdgeAnswer> {
  const response = await fetch(`${edgeUrl}/pictoryapis${path}`, {
    method,
    headers: { authorization: `Bearer ${client.key}`, ...(body && jsonType) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? '',
    json: text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>),
  };
}
