import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { RequestFramer } from './framer.ts';

interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** PEM text; without it the listener speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

export interface Listener {
  /** With scheme, host and port, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const framers = new WeakMap<Socket, RequestFramer>();
/** The TCP connection below a TLS one: only that can be reset. */
const transports = new WeakMap<Socket, Socket>();

/**
 * Opens a port. `malformed` gets the bytes of what was no HTTP request; it is answered with 400.
 * Rejects when the address cannot be bound.
 */
export async function listen(
  options: ListenOptions,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  malformed: (bytes: Buffer) => void = () => undefined,
): Promise<Listener> {
  const guarded = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => confess(error, response));
  };
  const server = options.tls ? createTlsServer(options.tls, guarded) : createServer(guarded);
  const streams = new Map<string, Socket>();
  server.on('connection', (stream: Socket) => {
    const peer = peerOf(stream);
    streams.set(peer, stream);
    stream.on('close', () => streams.delete(peer));
  });
  server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    keepBytes(socket);
    const stream = streams.get(peerOf(socket));
    if (stream) transports.set(socket, stream);
  });
  server.on('clientError', (_error, socket) => {
    const bytes = framers.get(socket as Socket)?.leftOver();
    if (bytes?.length) malformed(bytes);
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  await bind(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `${options.tls ? 'https' : 'http'}://${host}:${port}`,
    close: () => shut(server),
  };
}

/** A bug of the sandbox is said to be one, and does not end the process. */
function confess(error: unknown, response: ServerResponse): void {
  process.emitWarning(error instanceof Error ? error : String(error));
  if (!response.headersSent) response.writeHead(500, { 'X-Pictory-Sandbox': 'bug' });
  response.end();
}

/** The exact bytes of a request's head; call once, in the order of the requests on a connection. */
export function headBytes(request: IncomingMessage): Buffer {
  return framers.get(request.socket)?.takeHead() ?? Buffer.alloc(0);
}

const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress}:${remotePort}`;

/** Ends the connection with a TCP reset, under TLS too. */
export function resetConnection(socket: Socket): void {
  (transports.get(socket) ?? socket).resetAndDestroy();
}

/** Sees every chunk before the HTTP parser does, or the head would come after its request. */
function keepBytes(socket: Socket): void {
  const framer = new RequestFramer();
  framers.set(socket, framer);
  socket.prependListener('data', (chunk: Buffer) => framer.push(chunk));
}

function bind(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
