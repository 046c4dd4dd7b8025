import { PassThrough } from 'node:stream';
import type { Dispatcher } from 'undici';
import errors from 'undici/lib/core/errors.js';
import { deny, type Denial } from '../domain/denial.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import type { Abandonable, Departures } from './departures.ts';
import { filterReplyHeaders } from './headers.ts';

export interface ExchangeOptions {
  readonly request: Dispatcher.DispatchOptions;
  /** The reply must be read whole, at most so many bytes; 0: long ones are streamed. */
  readonly bufferBytesMax: number;
  readonly gone: AbortSignal | null;
  readonly departures: Departures;
  readonly nowMs: () => number;
}

/** Replies up to this length are held and written in one piece even where streaming is allowed. */
const holdBytesMax = 64 * 1024;

/** One request and its reply over the pool. Resolves in every case; whatever goes wrong is a denial. */
export function exchange(
  pool: Dispatcher,
  options: ExchangeOptions,
): Promise<UpstreamReply | Denial> {
  return new Promise((resolve) => {
    pool.dispatch(options.request, new ReplyHandler(options, resolve));
  });
}

class ReplyHandler implements Dispatcher.DispatchHandler, Abandonable {
  readonly gone: AbortSignal | null;
  readonly #options: ExchangeOptions;
  readonly #resolve: (reply: UpstreamReply | Denial) => void;
  readonly #startedAtMs: number;
  #controller: Dispatcher.DispatchController | null = null;
  #slot: number | null = null;
  #status = 0;
  #headers: [string, string][] = [];
  #headMs = 0;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #stream: PassThrough | null = null;

  constructor(options: ExchangeOptions, resolve: (reply: UpstreamReply | Denial) => void) {
    this.#options = options;
    this.gone = options.gone;
    this.#resolve = resolve;
    this.#startedAtMs = options.nowMs();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.gone?.aborted) this.abandon();
    else this.#slot = this.#options.departures.add(this);
  }

  abandon(): void {
    this.#controller?.abort(new CallerGone());
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // Informational replies end at the gateway.
    if (status < 200) return;
    this.#status = status;
    this.#headMs = this.#options.nowMs() - this.#startedAtMs;
    this.#headers = filterReplyHeaders(headers);
    const bytes = Number(headers['content-length'] ?? Number.NaN);
    if (this.#options.bufferBytesMax > 0) {
      if (bytes > this.#options.bufferBytesMax) this.#controller?.abort(new TooLarge());
    } else if (bytes > holdBytesMax) {
      this.#startStream();
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stream) {
      if (!this.#stream.write(chunk)) controller.pause();
      return;
    }
    const { bufferBytesMax } = this.#options;
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#bytes <= (bufferBytesMax || holdBytesMax)) return;
    if (bufferBytesMax > 0) controller.abort(new TooLarge());
    else this.#startStream();
  }

  onResponseEnd(): void {
    this.#release();
    if (this.#stream) this.#stream.end();
    else this.#answer(this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#release();
    if (this.#stream) this.#stream.destroy(error);
    else this.#resolve(toDenial(error));
  }

  #startStream(): void {
    const controller = this.#controller!;
    this.#stream = new PassThrough();
    for (const chunk of this.#chunks) this.#stream.write(chunk);
    this.#stream.on('drain', () => controller.resume());
    this.#stream.on('close', () => {
      if (!this.#stream?.readableEnded) controller.abort(new CallerGone());
    });
    this.#answer(this.#stream);
  }

  #answer(body: UpstreamReply['body']): void {
    this.#resolve({ status: this.#status, headers: this.#headers, body, headMs: this.#headMs });
  }

  #release(): void {
    if (this.#slot === null) return;
    this.#options.departures.remove(this.#slot);
    this.#slot = null;
  }
}

class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Names the failure for the audit log by its kind alone: messages of the network may hold addresses and headers. */
function toDenial(error: Error): Denial {
  const code = (error as { code?: string }).code ?? error.name;
  const detail = { reason: `the exchange with the upstream failed: ${code}`, source: 'upstream' };
  if (error instanceof CallerGone)
    return deny('caller_gone', {
      detail: { ...detail, reason: 'the caller left before the answer came' },
    });
  if (error instanceof TooLarge)
    return deny('upstream_invalid', {
      detail: { ...detail, reason: 'the reply is larger than limits.reply' },
    });
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  ) {
    return deny('upstream_timeout', { detail });
  }
  if (
    error instanceof errors.HTTPParserError ||
    error instanceof errors.HeadersOverflowError ||
    error instanceof errors.ResponseContentLengthMismatchError
  ) {
    return deny('upstream_invalid', { detail });
  }
  return deny('upstream_unreachable', { detail });
}
