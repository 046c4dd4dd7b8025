import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Connection } from './connection.ts';
import { IpCounts } from './ipCounts.ts';
import { PeerFacts } from './tls/peerFacts.ts';
import type { Transport } from './transport.ts';

interface Accepted {
  readonly socket: Socket;
  /** Null until the TLS handshake is done. */
  connection: Connection | null;
  /** When draining first found it without a handshake. */
  quietSinceMs: number | null;
}

/** While draining, how often idle connections are looked for. */
const drainStepMs = 50;

/** All connections of one listener, from the accepted socket on. */
export class Connections {
  readonly #transport: Transport;
  readonly #asksForCertificate: boolean;
  /** By the peer's address and port: the TLS layer hands out another object than the accepted socket. */
  readonly #accepted = new Map<string, Accepted>();
  readonly #connections = new WeakMap<object, Connection>();
  readonly #counts = new IpCounts();
  #whenEmpty: (() => void) | null = null;

  constructor(transport: Transport, asksForCertificate: boolean) {
    this.#transport = transport;
    this.#asksForCertificate = asksForCertificate;
  }

  get count(): number {
    return this.#accepted.size;
  }

  get exchangeCount(): number {
    let count = 0;
    for (const { connection } of this.#accepted.values()) {
      if (connection !== null && !connection.isIdle) count += 1;
    }
    return count;
  }

  /** Takes in a socket before its handshake, or closes it where its network has too many. */
  admit(socket: Socket): void {
    const { limits } = this.#transport;
    const place = IpCounts.placeOf(socket.remoteAddress ?? '');
    if (!this.#counts.enter(place, limits.connectionsPerIpMax)) {
      socket.destroy();
      return;
    }
    const name = nameOf(socket);
    this.#accepted.set(name, { socket, connection: null, quietSinceMs: null });
    socket.on('close', () => {
      this.#counts.leave(place);
      this.#accepted.delete(name);
      if (this.#accepted.size === 0) this.#whenEmpty?.();
    });
  }

  /** The handshake of an admitted socket is done. */
  secure(socket: TLSSocket): void {
    const accepted = this.#accepted.get(nameOf(socket));
    if (accepted === undefined) return void socket.destroy();
    const peer = new PeerFacts(socket, this.#asksForCertificate);
    accepted.connection = new Connection(this.#transport, peer);
    this.#connections.set(socket, accepted.connection);
  }

  find(socket: object): Connection | undefined {
    return this.#connections.get(socket);
  }

  sweep(): void {
    const nowMs = this.#transport.clock.monotonicMs();
    for (const { connection } of this.#accepted.values()) connection?.sweep(nowMs);
  }

  /** Resolves when every connection has ended by itself (true), or has been cut after `limitMs` (false). */
  async drain(limitMs: number): Promise<boolean> {
    const step = () => this.#drainStep();
    step();
    if (this.#accepted.size === 0) return true;
    const stepTimer = setInterval(step, drainStepMs);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const limitTimer = setTimeout(() => resolve(false), limitMs);
    this.#whenEmpty = () => resolve(true);
    const isEmpty = await promise;
    clearInterval(stepTimer);
    clearTimeout(limitTimer);
    if (!isEmpty) this.#cutAll();
    return isEmpty;
  }

  #drainStep(): void {
    const { clock, limits } = this.#transport;
    const nowMs = clock.monotonicMs();
    for (const accepted of this.#accepted.values()) {
      accepted.quietSinceMs ??= nowMs;
      if (accepted.connection !== null) accepted.connection.drain(nowMs, limits.drainQuietMs);
      else if (nowMs - accepted.quietSinceMs >= limits.drainQuietMs) accepted.socket.destroy();
    }
  }

  #cutAll(): void {
    for (const { socket } of this.#accepted.values()) socket.destroy();
  }
}

const nameOf = (socket: Socket): string => `${socket.remoteAddress} ${socket.remotePort}`;
