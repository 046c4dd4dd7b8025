import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer, Received } from '../../packages/gateway/src/domain/received.ts';
import { readFraming } from '../../packages/gateway/src/http/framing.ts';
import { RawHeaderList } from '../../packages/gateway/src/http/headerList.ts';
import { testCertificate } from '../../packages/gateway/src/http/fixture.ts';

type Handle = (received: Received) => Promise<Answer>;

/**
 * A TLS listener with the parser of the gateway's, as strict, but without the refusals of its own that come before any
 * rule: the tests are about targets, hosts and methods that the gateway does not serve.
 */
export async function openBareListener(handle: Handle): Promise<{ port: number; server: Server }> {
  const server = createServer(
    {
      cert: testCertificate.cert,
      key: testCertificate.key,
      ALPNProtocols: ['http/1.1'],
      insecureHTTPParser: false,
      requireHostHeader: false,
      maxHeaderSize: 64 * 1024,
    },
    (request, response) => void answer(handle, request, response),
  );
  server.on('checkExpectation', (request, response) => void answer(handle, request, response));
  server.on('connect', (request, socket) => void answerTunnel(handle, request, socket as Socket));
  server.on('clientError', (_error, socket) => {
    // What comes behind a request that is being answered changes nothing about its answer.
    if (answering.has(socket)) return;
    socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

/** Connections on which an answer is under way. */
const answering = new WeakSet<object>();
let count = 0;

function toReceived(request: IncomingMessage): Received {
  const url = request.url!;
  const mark = url.indexOf('?');
  count += 1;
  return {
    id: `req_${String(count).padStart(26, '0')}`,
    receivedAtMs: Date.now(),
    method: request.method as Received['method'],
    path: mark < 0 ? url : url.slice(0, mark),
    segments: [],
    query: [],
    headers: new RawHeaderList([...request.rawHeaders]),
    socket: { address: '127.0.0.1', port: 1, encrypted: true },
    body: {
      bytesDeclared: null,
      read: () => readAll(request),
      stream: () => request,
    },
    gone: new AbortController().signal,
  };
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The undecoded target of each request that came in, by its id. */
export const rawTargets = new Map<string, string>();

async function answer(
  handle: Handle,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = toReceived(request);
  if (isRefused(request)) {
    response.writeHead(400, { connection: 'close' }).end();
    return;
  }
  rawTargets.set(received.id, request.url!);
  answering.add(request.socket);
  const { status, body } = await handle(received);
  rawTargets.delete(received.id);
  response.writeHead(status, { connection: 'close' });
  for await (const chunk of toChunks(body)) response.write(chunk);
  response.end();
}

/** What the gateway refuses for its form, by the gateway's own reading of it. */
function isRefused({ httpVersion, rawHeaders, url }: IncomingMessage): boolean {
  return (
    'denied' in readFraming(httpVersion, new RawHeaderList([...rawHeaders])) || url!.includes('#')
  );
}

function toChunks(
  body: Answer['body'],
): AsyncIterable<Uint8Array> | readonly (Uint8Array | string)[] {
  if (body === null) return [];
  return typeof body === 'string' || body instanceof Uint8Array ? [body] : body;
}

async function answerTunnel(handle: Handle, request: IncomingMessage, socket: Socket) {
  const received = { ...toReceived(request), body: emptyBody };
  rawTargets.set(received.id, request.url!);
  const { status } = await handle(received);
  socket.end(`HTTP/1.1 ${status} None\r\nconnection: close\r\n\r\n`);
}

const emptyBody: Received['body'] = {
  bytesDeclared: 0,
  read: async () => new Uint8Array(),
  stream: () => assertNever(),
};

function assertNever(): never {
  throw new Error('nobody streams here');
}
