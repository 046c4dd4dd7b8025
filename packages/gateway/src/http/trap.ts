import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { deny } from '../domain/denial.ts';
import type { Clock } from '../ports/clock.ts';
import { listen, type ListenAt } from './listen.ts';
import { createRefuse, type Refuse } from './problem.ts';
import { createRequestIds } from './requestId.ts';
import type { WireDenial } from './transport.ts';
import { formatMessage } from './wireMessage.ts';

export interface TrapOptions {
  readonly listen: ListenAt;
  readonly clock: Clock;
  readonly refuse?: Refuse;
  /** Finds what reads as a credential in any text. */
  readonly findCredentials: (text: string) => readonly string[];
  /** Told of each credential that came in the clear, wherever in the request it stood. */
  readonly onExposed: (credential: string, socketAddress: string) => void;
  readonly onWireDenial: (denial: WireDenial) => void;
  readonly onAlarm?: (message: string) => void;
}

export interface Trap {
  /** As bound. */
  readonly address: ListenAt;
  readonly close: () => Promise<void>;
}

/** What is looked through of a body; a token request is far shorter. */
const bodyBytesMax = 16 * 1024;
const bodyTimeoutMs = 2_000;
const headersTimeoutMs = 5_000;
const connectionsMax = 512;

/**
 * Opens the plaintext port. Nothing is served there: every request is answered with 400 and the connection ends. What
 * was sent has been read by anybody on the way, so that each credential in it is reported to be disabled.
 *
 * @throws system errors when the address cannot be bound.
 */
export async function openTrap(options: TrapOptions): Promise<Trap> {
  const server = createServer({
    requireHostHeader: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: headersTimeoutMs,
    requestTimeout: headersTimeoutMs + bodyTimeoutMs,
    connectionsCheckingInterval: 1_000,
  });
  server.maxConnections = connectionsMax;
  attach(server, options);
  const address = await listen(server, options.listen, (message) => options.onAlarm?.(message));
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function attach(server: Server, options: TrapOptions): void {
  const newRequestId = createRequestIds(options.clock);
  const refuse = options.refuse ?? createRefuse();
  const answered = new WeakSet<object>();
  const answer = (socket: Socket) => {
    // One answer per connection, whatever else was sent along.
    if (answered.has(socket) || !socket.writable) return;
    answered.add(socket);
    const id = newRequestId();
    const facts = factsOf(socket);
    options.onWireDenial({ id, atMs: options.clock.nowMs(), socket: facts, denial: plaintext });
    // After CONNECT the server does not listen for errors of the socket any more.
    socket.on('error', () => socket.destroy());
    socket.end(formatMessage(refuse(plaintext, id), id, false));
    const timer = setTimeout(() => socket.destroy(), bodyTimeoutMs);
    socket.on('close', () => clearTimeout(timer));
  };
  const onRequest = (request: IncomingMessage) => {
    const { address } = factsOf(request.socket);
    report(options, `${request.url}\n${request.rawHeaders.join('\n')}`, address);
    readBody(request, (text) => report(options, text, address));
    answer(request.socket);
  };
  for (const event of ['request', 'checkContinue', 'checkExpectation', 'connect']) {
    server.on(event, onRequest);
  }
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, stream) => {
    const socket = stream as Socket;
    report(options, error.rawPacket?.toString('latin1') ?? '', factsOf(socket).address);
    answer(socket);
  });
}

const plaintext = deny('plaintext_refused', {
  detail: {
    reason: 'the request came without TLS',
    source: 'edge.plaintext',
    remedy: 'use https, and rotate the key that was sent',
  },
});

function report({ findCredentials, onExposed }: TrapOptions, text: string, address: string): void {
  for (const credential of new Set(findCredentials(text))) onExposed(credential, address);
}

/** Gives the start of a body once it is complete, long enough, or over with its connection. */
function readBody(request: IncomingMessage, onText: (text: string) => void): void {
  let text = '';
  const settle = () => {
    request.off('data', onData).off('end', settle).off('close', settle);
    if (text !== '') onText(text);
  };
  const onData = (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (text.length > bodyBytesMax) settle();
  };
  request.on('data', onData).on('end', settle).on('close', settle);
}

const factsOf = (socket: Socket) => ({
  address: socket.remoteAddress ?? '',
  port: socket.remotePort ?? 0,
  encrypted: false,
});
