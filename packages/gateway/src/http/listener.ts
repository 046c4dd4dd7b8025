import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { Method } from '../domain/operation.ts';
import type { Answer, Received } from '../domain/received.ts';
import type { Clock } from '../ports/clock.ts';
import { Connections } from './connections.ts';
import { divertPlaintext } from './firstBytes.ts';
import { methodUnsupported } from './head.ts';
import { createHosts } from './hosts.ts';
import { listen, type ListenAt } from './listen.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { refusePlaintext, type Exposed } from './plaintext.ts';
import { createRefuse, type Refuse } from './problem.ts';
import { createRequestIds } from './requestId.ts';
import { CertificateKeeper } from './tls/certificateKeeper.ts';
import { fingerprintSource, readMaterial, type TlsSource } from './tls/materialSource.ts';
import { toSecureContextOptions, type TlsMaterial } from './tls/secureContext.ts';
import type { Incoming, Transport, WireDenial } from './transport.ts';
import { toWireDenial } from './wireErrors.ts';

/** Who answers: the methods that may occur, and the answer to each request. Rejecting is answered with 500. */
export interface Service {
  readonly methods: readonly string[];
  readonly answer: (incoming: Incoming) => Promise<Answer>;
}

export interface ListenerOptions {
  readonly listen: ListenAt;
  readonly tls: TlsSource;
  /** How often certificate files are looked at; default 30 s. */
  readonly tlsCheckIntervalMs?: number;
  /** Names and addresses that are served, without port; anything else is answered 421. */
  readonly hosts: readonly string[];
  readonly service: Service;
  readonly clock: Clock;
  readonly limits?: Partial<Limits>;
  readonly refuse?: Refuse;
  /** Absent: credentials that are sent to this port without TLS are refused but not reported. */
  readonly exposed?: Exposed;
  readonly onWireDenial: (denial: WireDenial) => void;
  readonly onAlarm: (message: string) => void;
}

export interface Listener {
  /** As bound. */
  readonly address: ListenAt;
  readonly state: () => { readonly connections: number; readonly exchanges: number };
  /** Reads the certificate again, or takes the given one, for new handshakes. False: the old one stays, `onAlarm` was told why. */
  readonly reload: (material?: TlsMaterial) => Promise<boolean>;
  /**
   * Stops accepting and lets what is under way finish: each connection ends after its present answer, a quiet one at
   * once. True when all ended by themselves within `limitMs`, false when the rest was cut.
   */
  readonly drain: (limitMs: number) => Promise<boolean>;
  /** Ends everything now. */
  readonly close: () => Promise<void>;
}

/** The service of an edge: the core's handler, with the methods of {@link Method}. */
export function serveReceived(handle: (received: Received) => Promise<Answer>): Service {
  const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  return { methods, answer: (incoming) => handle(incoming as Incoming & { method: Method }) };
}

/**
 * Opens an HTTPS listener: TLS 1.2 and 1.3, HTTP/1.1 only, strict framing, one canonical request, bounded everything.
 *
 * @throws TlsMaterialUnusable when the certificate, key or client CA cannot be used; system errors when the address cannot be bound.
 */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const transport = toTransport(options, limits);
  const fingerprint = await fingerprintSource(options.tls);
  const material = await readMaterial(options.tls);
  const asksForCertificate = material.clientCa !== undefined;
  const server = createServer({
    ...toSecureContextOptions(material, options.clock.nowMs()),
    ...toServerOptions(limits),
    requestCert: asksForCertificate,
  });
  const connections = new Connections(transport, asksForCertificate);
  attach(server, connections, transport, options.exposed ?? null);
  const address = await listen(server, options.listen, options.onAlarm);
  const keeper = new CertificateKeeper(
    {
      source: options.tls,
      nowMs: () => options.clock.nowMs(),
      apply: (context) => server.setSecureContext(context),
      onAlarm: options.onAlarm,
    },
    fingerprint,
    asksForCertificate,
  );
  keeper.watch(options.tlsCheckIntervalMs ?? 30_000);
  return toListener(server, address, connections, keeper, limits);
}

function toTransport(options: ListenerOptions, limits: Limits): Transport {
  const { clock, service, onWireDenial, onAlarm } = options;
  return {
    limits,
    clock,
    headRules: {
      limits,
      findHost: createHosts(options.hosts),
      methods: new Set(service.methods),
    },
    newRequestId: createRequestIds(clock),
    refuse: options.refuse ?? createRefuse(),
    answer: (incoming) => service.answer(incoming),
    onWireDenial,
    onAlarm,
  };
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

function attach(
  server: Server,
  connections: Connections,
  transport: Transport,
  exposed: Exposed | null,
): void {
  const { limits } = transport;
  // The parser drops what is beyond its count; one more shows that there was too much.
  server.maxHeadersCount = limits.headerCountMax + 1;
  server.maxConnections = limits.connectionsMax;
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

function toListener(
  server: Server,
  address: ListenAt,
  connections: Connections,
  keeper: CertificateKeeper,
  limits: Limits,
): Listener {
  const sweeper = setInterval(() => connections.sweep(), limits.checkIntervalMs);
  sweeper.unref();
  const drain = async (limitMs: number): Promise<boolean> => {
    await stopAccepting(server);
    const isClean = await connections.drain(limitMs);
    clearInterval(sweeper);
    keeper.stop();
    // Stops the server's own timer; it does not listen any more.
    server.close(() => {});
    return isClean;
  };
  return {
    address,
    state: () => ({ connections: connections.count, exchanges: connections.exchangeCount }),
    reload: (material) => keeper.reload(material),
    drain,
    close: async () => void (await drain(0)),
  };
}

/** While connections are still coming in, how many turns of the event loop a stop waits for the last of them. */
const acceptTurnsMax = 1_000;

/**
 * Takes in what the system has accepted already, one connection a turn, because closing the port resets those; then
 * listens no more. Not by `server.close()`: that also cuts connections between two requests, on which the next one may
 * be under way.
 */
async function stopAccepting(server: Server): Promise<void> {
  let isComing = true;
  const onConnection = () => (isComing = true);
  server.on('connection', onConnection);
  for (let turns = 0; isComing && turns < acceptTurnsMax; turns += 1) {
    isComing = false;
    await turn();
    await turn();
  }
  server.off('connection', onConnection);
  if (server.listening) TlsServer.prototype.close.call(server);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
