import { formatTarget } from '../domain/canonicalTarget.ts';
import type { Denial } from '../domain/denial.ts';
import { BodyRefused, type Answer, type SocketFacts } from '../domain/received.ts';
import type { Service } from './listener.ts';
import type { Refuse } from './problem.ts';
import type { Incoming } from './transport.ts';

/** What an application in the style of the Fetch API learns beside the request; Hono calls it bindings. */
export interface FetchFacts {
  /** As in the X-Request-Id of the answer. */
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly socket: SocketFacts;
}

export type Fetch = (request: Request, facts: FetchFacts) => Response | Promise<Response>;

export interface FetchServiceOptions {
  readonly fetch: Fetch;
  /** Larger bodies are answered 413, whatever the application does. */
  readonly bodyBytesMax: number;
  readonly refuse: Refuse;
}

/**
 * Lets such an application answer, on the same transport: it sees the canonical target, the served host and an
 * AbortSignal. A body that the transport refuses is answered by the transport.
 */
export function serveFetch({ fetch, bodyBytesMax, refuse }: FetchServiceOptions): Service {
  return {
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    answer: async (incoming) => {
      const refused: { denial: Denial | null } = { denial: null };
      const request = toRequest(incoming, bodyBytesMax, (denial) => (refused.denial = denial));
      const { id: requestId, receivedAtMs, socket } = incoming;
      try {
        const response = await fetch(request, { requestId, receivedAtMs, socket });
        if (refused.denial === null) return toAnswer(response, incoming.gone);
      } catch (error) {
        if (refused.denial === null) throw error;
      }
      return refuse(refused.denial, requestId);
    },
  };
}

function toRequest(
  incoming: Incoming,
  bodyBytesMax: number,
  onRefused: (denial: Denial) => void,
): Request {
  const { method, body, headers, gone } = incoming;
  const authority = headers.get('host')!;
  const hasBody = body.bytesDeclared !== 0 && method !== 'GET' && method !== 'HEAD';
  return new Request(`https://${authority}${formatTarget(incoming)}`, {
    method,
    headers: headers.pairs.map(([name, value]): [string, string] => [name, value]),
    signal: gone,
    ...(hasBody && {
      body: ReadableStream.from(watched(body.stream(bodyBytesMax), onRefused)),
      duplex: 'half',
    }),
  });
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  onRefused: (denial: Denial) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof BodyRefused) onRefused(error.denial);
    throw error;
  }
}

function toAnswer(response: Response, gone: AbortSignal): Answer {
  return {
    status: response.status,
    headers: [...response.headers],
    body: response.body === null ? null : readStream(response.body, gone),
  };
}

/** A stream that may wait for long: when the caller leaves it is cancelled at once, not with its next chunk. */
async function* readStream(
  stream: ReadableStream<Uint8Array>,
  gone: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  gone.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    gone.removeEventListener('abort', cancel);
    cancel();
  }
}
