import type { IncomingMessage, ServerResponse } from 'node:http';
import { deny } from '../domain/denial.ts';
import type { Answer, SocketFacts } from '../domain/received.ts';
import { abandon, writeAnswer } from './answer.ts';
import { RequestBody } from './body.ts';
import { readHead, type Head } from './head.ts';
import { lingers } from './linger.ts';
import { Pace } from './pace.ts';
import type { Transport } from './transport.ts';

/** The connection as one exchange sees it. */
export interface ExchangeOwner {
  readonly facts: SocketFacts;
  /** No request after this one will be answered. */
  isClosing: boolean;
}

/** One request and its answer. */
export class Exchange {
  readonly #transport: Transport;
  readonly #owner: ExchangeOwner;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #id: string;
  readonly #gone = new AbortController();
  #writePace: Pace | null = null;
  #body: RequestBody | null = null;
  #isCancelled = false;
  /** The transport itself refused the request. */
  isRefused = false;
  /** The answer said that no other will follow on this connection. */
  wasLast = false;

  constructor(
    transport: Transport,
    owner: ExchangeOwner,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    this.#transport = transport;
    this.#owner = owner;
    this.#request = request;
    this.#response = response;
    this.#id = transport.newRequestId();
  }

  /** The parser says so only after the handler of a request without a body has begun. */
  get isRequestComplete(): boolean {
    return this.#body?.bytesDeclared === 0 || this.#request.complete;
  }

  get isAnswering(): boolean {
    return this.#response.headersSent;
  }

  /** Reads the head and lets it be answered. Never throws, never rejects; `onEnd` is called when the exchange is over. */
  start(onEnd: () => void): void {
    this.#response.on('close', () => {
      if (!this.#response.writableFinished) this.#gone.abort();
      onEnd();
    });
    const head = readHead(this.#request, this.#transport.headRules);
    if ('denied' in head) {
      this.isRefused = true;
      this.#owner.isClosing = true;
      this.#reportWireDenial(head);
      void this.#send(this.#transport.refuse(head, this.#id));
      return;
    }
    void this.#handle(head);
  }

  /** Whatever is answered from now on stays unsent: the connection already carries another answer. */
  cancel(): void {
    this.#isCancelled = true;
    this.#gone.abort();
  }

  /** To be called now and then: cuts a slow body with 408 and a slow reader without a word. */
  sweep(nowMs: number): void {
    this.#body?.sweep(nowMs);
    const { socket } = this.#response;
    if (socket === null || !this.isAnswering) return;
    const { limits } = this.#transport;
    const delivered = socket.bytesWritten - socket.writableLength;
    this.#writePace ??= new Pace(
      limits.answerBytesPerSecondMin,
      limits.slownessMs,
      delivered,
      nowMs,
    );
    if (socket.writableLength === 0) this.#writePace.restart(delivered, nowMs);
    else if (this.#writePace.isTooSlow(delivered, nowMs)) socket.destroy();
  }

  async #handle(head: Head): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.#transport.answer(this.#toIncoming(head));
    } catch (error) {
      answer = this.#failed('the handler of a request threw', error);
    }
    await this.#send(answer);
  }

  #toIncoming(head: Head) {
    const { limits, clock } = this.#transport;
    this.#body = new RequestBody(this.#request, this.#response, head, limits);
    return {
      id: this.#id,
      receivedAtMs: clock.nowMs(),
      method: head.method,
      host: head.host,
      path: head.path,
      segments: head.segments,
      query: head.query,
      headers: head.headers,
      socket: this.#owner.facts,
      body: this.#body,
      gone: this.#gone.signal,
    };
  }

  async #send(answer: Answer): Promise<void> {
    // The parser may hold the rest of a short body already: let it finish before calling the request incomplete.
    if (!this.isRequestComplete) await turn();
    if (this.#isCancelled || this.#response.destroyed) return drop(answer);
    try {
      const isWhole = this.#write(answer);
      if (!(typeof isWhole === 'boolean' ? isWhole : await isWhole)) return this.#cut();
      if (!this.isRequestComplete) await lingers(this.#request, this.#transport.limits);
      this.#response.end();
    } catch (error) {
      this.#failed('an answer could not be written', error);
      this.#cut();
    }
  }

  #write(answer: Answer): boolean | Promise<boolean> {
    if (!this.isRequestComplete || this.#body?.isMalformed) this.#owner.isClosing = true;
    this.wasLast = this.#owner.isClosing;
    const options = { requestId: this.#id, isLast: this.wasLast };
    try {
      return writeAnswer(this.#response, answer, options);
    } catch (error) {
      if (this.#response.headersSent) throw error;
      void drop(answer);
      const failed = this.#failed('an answer had a header that cannot be written', error);
      return writeAnswer(this.#response, failed, options);
    }
  }

  /** A part must not be taken for the whole: the reader sees the connection end. */
  #cut(): void {
    this.#owner.isClosing = true;
    this.#response.destroy();
  }

  #failed(what: string, error: unknown): Answer {
    const name = error instanceof Error ? error.name : 'something that is no error';
    this.#transport.onAlarm(`${what} (${name}, request ${this.#id})`);
    return this.#transport.refuse(deny('guard_failed'), this.#id);
  }

  #reportWireDenial(denial: Parameters<Transport['refuse']>[0]): void {
    const { clock, onWireDenial } = this.#transport;
    onWireDenial({ id: this.#id, atMs: clock.nowMs(), socket: this.#owner.facts, denial });
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function drop({ body }: Answer): Promise<void> {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return;
  await abandon(body);
}
