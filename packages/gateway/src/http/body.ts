import type { IncomingMessage, ServerResponse } from 'node:http';
import { deny, type Denial } from '../domain/denial.ts';
import { BodyRefused, type BodySource } from '../domain/received.ts';
import { ByteCollector } from './byteCollector.ts';
import { malformed, type Framing } from './framing.ts';
import type { Limits } from './limits.ts';
import { Pace } from './pace.ts';

/** Where the bytes of a body go. */
interface Sink {
  push(chunk: Buffer): void;
  /** Last call: null when all of the body was pushed. */
  end(denial: Denial | null): void;
}

type BodyLimits = Pick<Limits, 'bodyBytesPerSecondMin' | 'slownessMs'>;

/** How many bytes wait for a slow consumer of a stream before the caller is made to wait. */
const queuedBytesMax = 256 * 1024;

/** The body of a request, not read until somebody asks: until then the caller is not even told to go on. */
export class RequestBody implements BodySource {
  readonly bytesDeclared: number | null;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #limits: BodyLimits;
  #pace: Pace | null = null;
  #expectsContinue: boolean;
  #sink: Sink | null = null;
  #isUsed = false;
  #isMalformed = false;
  #bytes = 0;
  #bytesMax = 0;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    framing: Framing,
    limits: BodyLimits,
  ) {
    this.bytesDeclared = framing.bytesDeclared;
    this.#expectsContinue = framing.expectsContinue;
    this.#request = request;
    this.#response = response;
    this.#limits = limits;
  }

  /** Its end cannot be told from what follows: the connection must not be used again. */
  get isMalformed(): boolean {
    return this.#isMalformed;
  }

  read(bytesMax: number): Promise<Uint8Array | Denial> {
    return new Promise((resolve) => {
      const collector = new ByteCollector(this.bytesDeclared);
      this.#open(bytesMax, {
        push: (chunk) => collector.push(chunk),
        end: (denial) => resolve(denial ?? collector.bytes()),
      });
    });
  }

  async *stream(bytesMax: number): AsyncGenerator<Uint8Array, void, undefined> {
    const queue = new ChunkQueue(this.#request);
    this.#open(bytesMax, queue);
    try {
      yield* queue.drain();
    } finally {
      this.#close();
    }
  }

  /** To be called now and then; ends a body that comes too slowly. Nobody is blamed while the consumer makes it wait. */
  sweep(nowMs: number): void {
    if (this.#sink === null) return;
    const { bodyBytesPerSecondMin, slownessMs } = this.#limits;
    this.#pace ??= new Pace(bodyBytesPerSecondMin, slownessMs, this.#bytes, nowMs);
    if (this.#request.isPaused()) this.#pace.restart(this.#bytes, nowMs);
    else if (this.#pace.isTooSlow(this.#bytes, nowMs)) this.#finish(bodyTimeout);
  }

  #open(bytesMax: number, sink: Sink): void {
    if (this.#isUsed) throw new TypeError('a body is read at most once');
    this.#isUsed = true;
    if (this.bytesDeclared === 0) return sink.end(null);
    if (this.bytesDeclared !== null && this.bytesDeclared > bytesMax) {
      return sink.end(tooLarge(bytesMax));
    }
    if (this.#request.destroyed) return sink.end(callerGone);
    this.#sink = sink;
    this.#bytesMax = bytesMax;
    if (this.#expectsContinue) this.#response.writeContinue();
    this.#request.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onClose);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#bytesMax) this.#finish(tooLarge(this.#bytesMax));
    else this.#sink?.push(chunk);
  };

  readonly #onEnd = (): void => {
    this.#isMalformed = this.#request.rawTrailers.length > 0;
    this.#finish(this.#isMalformed ? malformed('trailers follow the body') : null);
  };

  readonly #onClose = (): void => this.#finish(callerGone);

  #finish(denial: Denial | null): void {
    const sink = this.#sink;
    this.#close();
    sink?.end(denial);
  }

  #close(): void {
    if (this.#sink === null) return;
    this.#sink = null;
    this.#request.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose);
    this.#request.pause();
  }
}

class ChunkQueue implements Sink {
  readonly #request: IncomingMessage;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #ended: { readonly denial: Denial | null } | null = null;
  #wake: (() => void) | null = null;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > queuedBytesMax) this.#request.pause();
    this.#wake?.();
  }

  end(denial: Denial | null): void {
    this.#ended = { denial };
    this.#wake?.();
  }

  async *drain(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const chunks = this.#chunks;
      this.#chunks = [];
      this.#bytes = 0;
      yield* chunks;
      if (this.#chunks.length > 0) continue;
      if (this.#ended?.denial) throw new BodyRefused(this.#ended.denial);
      if (this.#ended) return;
      this.#request.resume();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

const bodyTimeout: Denial = deny('body_timeout', {
  detail: { reason: 'the body came more slowly than the least rate' },
});

const callerGone: Denial = deny('caller_gone', {
  detail: { reason: 'the caller left before its body was complete' },
});

function tooLarge(bytesMax: number): Denial {
  return deny('body_too_large', {
    hint: `At most ${bytesMax} bytes.`,
    detail: { reason: `the body is larger than ${bytesMax} bytes` },
  });
}
