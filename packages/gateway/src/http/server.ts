import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Connections } from './connections.ts';
import { divertPlaintext } from './firstBytes.ts';
import { methodUnsupported } from './head.ts';
import type { Limits } from './limits.ts';
import { refusePlaintext, type Exposed } from './plaintext.ts';
import type { Transport } from './transport.ts';
import { toWireDenial } from './wireErrors.ts';

/** A server that does not listen yet, with every limit that the platform itself can keep. */
export function createTlsServer(
  context: SecureContextOptions,
  limits: Limits,
  asksForCertificate: boolean,
): Server {
  const server = createServer({
    ...context,
    ...toServerOptions(limits),
    requestCert: asksForCertificate,
  });
  // The parser drops what is beyond its count; one more shows that there was too much.
  server.maxHeadersCount = limits.headerCountMax + 1;
  server.maxConnections = limits.connectionsMax;
  return server;
}

function toServerOptions(limits: Limits) {
  return {
    ALPNProtocols: ['http/1.1'],
    // Whether a missing or unverified certificate matters is for the guards to say.
    rejectUnauthorized: false,
    handshakeTimeout: limits.handshakeTimeoutMs,
    insecureHTTPParser: false,
    // The missing Host is answered by us, as a problem document.
    requireHostHeader: false,
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.checkIntervalMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  };
}

/** Hands everything that happens on the server's sockets to their connections. */
export function attach(
  server: Server,
  connections: Connections,
  transport: Transport,
  exposed: Exposed | null,
): void {
  const { limits } = transport;
  divertPlaintext(server, limits.handshakeTimeoutMs, (socket, first) => {
    refusePlaintext(socket, first, { ...transport, exposed });
  });
  server.on('connection', (socket: Socket) => connections.admit(socket));
  server.on('secureConnection', (socket) => connections.secure(socket));
  const accept: Parameters<typeof createServer>[1] = (request, response) => {
    const connection = connections.find(request.socket);
    if (connection === undefined) request.socket.destroy();
    else connection.accept(request, response);
  };
  // Going on and unknown expectations are decided with the rest of the head.
  server.on('request', accept).on('checkContinue', accept).on('checkExpectation', accept);
  server.on('connect', (_request, socket) => {
    connections.find(socket)?.fail(methodUnsupported(transport.headRules.methods));
  });
  server.on('clientError', (error, socket) => {
    const connection = connections.find(socket);
    if (connection === undefined) socket.destroy();
    else connection.fail(toWireDenial(error, limits));
  });
}
