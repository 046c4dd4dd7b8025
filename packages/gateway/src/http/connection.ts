import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Denial } from '../domain/denial.ts';
import type { SocketFacts } from '../domain/received.ts';
import { Exchange, type ExchangeOwner } from './exchange.ts';
import type { PeerFacts } from './tls/peerFacts.ts';
import type { Transport } from './transport.ts';
import { formatMessage } from './wireMessage.ts';

/**
 * One TLS connection. Its requests are answered one after the other: nothing behind a refused or a last request is
 * ever looked at, whatever was sent along.
 */
export class Connection implements ExchangeOwner {
  isClosing = false;
  readonly #transport: Transport;
  readonly #peer: PeerFacts;
  readonly #waiting: (readonly [IncomingMessage, ServerResponse])[] = [];
  #current: Exchange | null = null;
  #isOver = false;
  #requests = 0;
  /** When it was first seen without a request; null while it has one and until somebody looks. */
  #quietSinceMs: number | null = null;

  constructor(transport: Transport, peer: PeerFacts) {
    this.#transport = transport;
    this.#peer = peer;
  }

  get facts(): SocketFacts {
    return this.#peer.facts(this.#transport.clock);
  }

  get isIdle(): boolean {
    return this.#current === null;
  }

  accept(request: IncomingMessage, response: ServerResponse): void {
    if (this.#isOver) return;
    if (this.#current === null) this.#start(request, response);
    else if (this.#waiting.length < this.#transport.limits.pipelinedMax) {
      this.#waiting.push([request, response]);
    } else this.isClosing = true;
  }

  /** The parser gave up: nothing that comes later on this connection can be understood. Null: there is nobody to tell. */
  fail(denial: Denial | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.isClosing = true;
    const current = this.#current;
    if (denial === null) return void this.#peer.socket.destroy();
    if (current?.isRefused) return;
    const id = this.#report(denial);
    // The bytes belong to a later request: the present one is answered, and its answer is the last.
    if (current?.isRequestComplete) return;
    if (current?.isAnswering) return void this.#peer.socket.destroy();
    current?.cancel();
    this.#endWith(formatMessage(this.#transport.refuse(denial, id), id));
  }

  sweep(nowMs: number): void {
    if (this.#current !== null) this.#current.sweep(nowMs);
    else this.#quietSinceMs ??= nowMs;
  }

  /** Answers what is under way, then ends; a connection on which nothing happened for `quietMs` ends at once. */
  drain(nowMs: number, quietMs: number): void {
    this.isClosing = true;
    if (this.#current !== null) return;
    this.#quietSinceMs ??= nowMs;
    if (nowMs - this.#quietSinceMs >= quietMs) this.#peer.socket.destroySoon();
  }

  #start(request: IncomingMessage, response: ServerResponse): void {
    this.#requests += 1;
    if (this.#requests >= this.#transport.limits.requestsPerConnectionMax) this.isClosing = true;
    const exchange = new Exchange(this.#transport, this, request, response);
    this.#current = exchange;
    exchange.start(() => this.#next(exchange));
  }

  #next(finished: Exchange): void {
    this.#isOver ||= finished.wasLast;
    this.#current = null;
    this.#quietSinceMs = null;
    const next = this.#isOver ? undefined : this.#waiting.shift();
    if (next) this.#start(...next);
    else if (this.#isOver) this.#peer.socket.destroySoon();
  }

  /** For bytes that never became a request. */
  #report(denial: Denial): string {
    const { newRequestId, clock, onWireDenial } = this.#transport;
    const id = newRequestId();
    onWireDenial({ id, atMs: clock.nowMs(), socket: this.facts, denial });
    return id;
  }

  /** Writes the last bytes, and closes once the peer had time to read them. */
  #endWith(text: string): void {
    const { socket } = this.#peer;
    socket.end(text);
    const timer = setTimeout(() => socket.destroy(), this.#transport.limits.lingerMs);
    socket.on('close', () => clearTimeout(timer));
  }
}
