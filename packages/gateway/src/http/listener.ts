import type { Server } from 'node:https';
import type { Method } from '../domain/operation.ts';
import type { Answer, Received } from '../domain/received.ts';
import type { Clock } from '../ports/clock.ts';
import { Connections } from './connections.ts';
import { createHosts } from './hosts.ts';
import { listen, type ListenAt } from './listen.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Exposed } from './plaintext.ts';
import { createRefuse, type Refuse } from './problem.ts';
import { createRequestIds } from './requestId.ts';
import { attach, createTlsServer } from './server.ts';
import { stopAccepting } from './stopAccepting.ts';
import { CertificateKeeper } from './tls/certificateKeeper.ts';
import { fingerprintSource, readMaterial, type TlsSource } from './tls/materialSource.ts';
import { toSecureContextOptions, type TlsMaterial } from './tls/secureContext.ts';
import type { Incoming, Transport, WireDenial } from './transport.ts';

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
  const context = toSecureContextOptions(material, options.clock.nowMs());
  const server = createTlsServer(context, limits, asksForCertificate);
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
