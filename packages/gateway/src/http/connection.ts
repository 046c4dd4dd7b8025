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
  #afterwards: Denial | null = null;
  #isOver = false;
  #requests = 0;
  #quietSinceMs: number;

  constructor(transport: Transport, peer: PeerFacts) {
    this.#transport = transport;
    this.#peer = peer;
    this.#quietSinceMs = transport.clock.monotonicMs();
  }

  get facts(): SocketFacts {
    return this.#peer.facts(this.#transport.clock.nowMs());
  }

  get isIdle(): boolean {
    return this.#current === null;
  }

  accept(request: IncomingMessage, response: ServerResponse): void {
    const { requestsPerConnectionMax, pipelinedMax } = this.#transport.limits;
    if (this.#isOver) return;
    if (this.#current === null) this.#start(request, response);
    else if (this.#waiting.length < pipelinedMax) this.#waiting.push([request, response]);
    else this.isClosing = true;
    this.#requests += 1;
    if (this.#requests >= requestsPerConnectionMax) this.isClosing = true;
  }

  /** The parser gave up: nothing that comes later on this connection can be understood. Null: there is nobody to tell. */
  fail(denial: Denial | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.isClosing = true;
    const current = this.#current;
    if (denial === null) return void this.#peer.socket.destroy();
    if (current?.isRefused) return;
    if (current?.isRequestComplete) {
      this.#afterwards = denial;
      return;
    }
    if (current?.isAnswering) return void this.#peer.socket.destroy();
    current?.cancel();
    this.#sendLast(denial);
  }

  sweep(nowMs: number): void {
    this.#current?.sweep(nowMs);
  }

  /** Answers what is under way, then ends; a connection on which nothing happened for `quietMs` ends at once. */
  drain(nowMs: number, quietMs: number): void {
    this.isClosing = true;
    if (this.#current === null && nowMs - this.#quietSinceMs >= quietMs) this.#peer.socket.end();
  }

  #start(request: IncomingMessage, response: ServerResponse): void {
    const exchange = new Exchange(this.#transport, this, request, response);
    this.#current = exchange;
    exchange.start(() => this.#next(exchange));
  }

  #next(finished: Exchange): void {
    this.#isOver ||= finished.wasLast;
    this.#current = null;
    this.#quietSinceMs = this.#transport.clock.monotonicMs();
    const next = this.#isOver ? undefined : this.#waiting.shift();
    if (next) this.#start(...next);
    else if (this.#afterwards) this.#sendLast(this.#afterwards);
  }

  /** Writes a refusal for bytes that never became a request, and closes once the peer had time to read it. */
  #sendLast(denial: Denial): void {
    const { socket } = this.#peer;
    const { refuse, newRequestId, clock, limits, onWireDenial } = this.#transport;
    const id = newRequestId();
    onWireDenial({ id, atMs: clock.nowMs(), socket: this.facts, denial });
    if (!socket.writable) return void socket.destroy();
    socket.end(formatMessage(refuse(denial, id), id));
    const timer = setTimeout(() => socket.destroy(), limits.lingerMs);
    socket.on('close', () => clearTimeout(timer));
  }
}
