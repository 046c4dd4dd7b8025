import type { UpstreamReply } from '../ports/upstream.ts';

interface Kept {
  readonly reply: UpstreamReply;
  readonly bytes: number;
  readonly untilMs: number;
}

/** Replies about jobs that ended, for a short time, the least recently used ones going first. Bounded in bytes. */
export class FinishedReplies {
  readonly #bytesMax: number;
  readonly #keepMs: number;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(options: { readonly bytesMax: number; readonly keepMs: number }) {
    this.#bytesMax = options.bytesMax;
    this.#keepMs = options.keepMs;
  }

  get(key: string, nowMs: number): UpstreamReply | null {
    const kept = this.#kept.get(key);
    if (!kept) return null;
    this.forget(key);
    if (nowMs >= kept.untilMs) return null;
    this.#add(key, kept);
    return kept.reply;
  }

  keep(key: string, reply: UpstreamReply, nowMs: number): void {
    this.forget(key);
    // What an entry costs beside the body is estimated, so that small replies are bounded too.
    const bytes = 1_024 + (reply.body instanceof Uint8Array ? reply.body.length : Infinity);
    if (bytes > this.#bytesMax) return;
    this.#add(key, { reply, bytes, untilMs: nowMs + this.#keepMs });
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#bytesMax) break;
      this.forget(oldest);
    }
  }

  forget(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
  }

  #add(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
    this.#bytes += kept.bytes;
  }
}
