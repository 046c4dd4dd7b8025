import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timers } from '../ports/timers.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import { FinishedReplies } from './finishedReplies.ts';

export interface PollerOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly timers: Timers;
  /** At most one upstream read per job in this time. */
  readonly intervalMs: number;
  /** Whether a reply is a job's last word, so that it may answer later polls. */
  readonly isFinished: (reply: UpstreamReply) => boolean;
  /** How long a last word may answer. */
  readonly finishedKeepMs: number;
  /** How long a poll may be held over reads that the upstream answers with 429, before it gets that answer. */
  readonly holdMsMax: number;
  readonly finishedBytesMax: number;
}

/** Reads the job upstream. `gone` aborts when nobody waits for the reply any more. The reply must be buffered: it is shared. */
export type ReadJob = (gone: AbortSignal) => Promise<UpstreamReply | Denial>;

export interface Poller {
  /**
   * The job's reply: a kept last word, or that of the next upstream read, which all polls of the job share. A poll that
   * comes too early waits until the next read is due; it is never refused for its pace, and where the upstream refuses
   * the read for its pace it waits for a later one.
   *
   * @param jobKey must differ for jobs of different clients
   * @param gone the caller left: the wait ends with `caller_gone`
   */
  read(jobKey: string, readJob: ReadJob, gone: AbortSignal): Promise<UpstreamReply | Denial>;
  /** Something changed the job: a kept last word no longer counts. */
  forget(jobKey: string): void;
  /** Jobs that are remembered at the moment; bounded by the reads of one interval and the polls that wait. */
  readonly size: () => number;
}

/** One poll that waits. */
interface Waiter {
  readonly readJob: ReadJob;
  readonly sinceMs: number;
  readonly settle: (outcome: Promise<UpstreamReply | Denial>) => void;
}

/** One job that is read now, was read within the interval, or has polls waiting. */
interface Pace {
  readonly key: string;
  readonly waiters: Set<Waiter>;
  /** When the next read may start. */
  dueAtMs: number;
  reading: AbortController | null;
  cancelTimer: (() => void) | null;
}

export function createPoller(options: PollerOptions): Poller {
  const poller = new PacedPoller(options);
  return {
    read: (jobKey, readJob, gone) => poller.read(jobKey, readJob, gone),
    forget: (jobKey) => poller.finished.forget(jobKey),
    size: () => poller.paces.size,
  };
}

class PacedPoller {
  readonly finished: FinishedReplies;
  /** In the order of their last read. */
  readonly paces = new Map<string, Pace>();
  readonly #options: PollerOptions;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.finished = new FinishedReplies({
      bytesMax: options.finishedBytesMax,
      keepMs: options.finishedKeepMs,
    });
  }

  read(key: string, readJob: ReadJob, gone: AbortSignal): Promise<UpstreamReply | Denial> {
    if (gone.aborted) return Promise.resolve(callerGone);
    const nowMs = this.#options.clock.monotonicMs();
    const kept = this.finished.get(key, nowMs);
    if (kept) return Promise.resolve(kept);
    const pace = this.#paceOf(key);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        readJob,
        sinceMs: nowMs,
        settle: (outcome) => {
          gone.removeEventListener('abort', leave);
          resolve(outcome);
        },
      };
      const leave = () => this.#leave(pace, waiter);
      gone.addEventListener('abort', leave, { once: true });
      pace.waiters.add(waiter);
      this.#plan(pace);
    });
  }

  #paceOf(key: string): Pace {
    const known = this.paces.get(key);
    if (known) return known;
    const pace: Pace = { key, waiters: new Set(), dueAtMs: 0, reading: null, cancelTimer: null };
    this.paces.set(key, pace);
    return pace;
  }

  /** Reads now or sets the one timer, unless a read is under way, which the poll then shares. */
  #plan(pace: Pace): void {
    if (pace.reading !== null || pace.cancelTimer !== null || pace.waiters.size === 0) return;
    const delayMs = pace.dueAtMs - this.#options.clock.monotonicMs();
    if (delayMs <= 0) return this.#read(pace);
    pace.cancelTimer = this.#options.timers.after(delayMs, () => {
      pace.cancelTimer = null;
      this.#plan(pace);
    });
  }

  #read(pace: Pace): void {
    const [first] = pace.waiters;
    const reading = new AbortController();
    pace.reading = reading;
    pace.dueAtMs = this.#options.clock.monotonicMs() + this.#options.intervalMs;
    this.paces.delete(pace.key);
    this.paces.set(pace.key, pace);
    this.#sweep();
    const outcome = callReader(first!.readJob, reading.signal);
    outcome.then(
      (reply) => this.#end(pace, outcome, reply),
      () => this.#end(pace, outcome, null),
    );
  }

  #end(
    pace: Pace,
    outcome: Promise<UpstreamReply | Denial>,
    reply: UpstreamReply | Denial | null,
  ): void {
    const abandoned = pace.reading?.signal.aborted === true;
    pace.reading = null;
    // Whoever came after the last one left still waits: for a read of their own.
    if (abandoned) return this.#plan(pace);
    const nowMs = this.#options.clock.monotonicMs();
    const isReply = reply !== null && !isDenial(reply);
    if (isReply && this.#options.isFinished(reply)) this.finished.keep(pace.key, reply, nowMs);
    const heldSinceMs =
      isReply && reply.status === 429 ? pace.dueAtMs - this.#options.holdMsMax : Infinity;
    for (const waiter of pace.waiters) {
      if (waiter.sinceMs >= heldSinceMs) continue;
      pace.waiters.delete(waiter);
      waiter.settle(outcome);
    }
    this.#plan(pace);
  }

  /** Nobody left who waits: the timer or the read has no use any more. The pace stays until the next read is due. */
  #leave(pace: Pace, waiter: Waiter): void {
    pace.waiters.delete(waiter);
    waiter.settle(Promise.resolve(callerGone));
    if (pace.waiters.size > 0) return;
    pace.cancelTimer?.();
    pace.cancelTimer = null;
    pace.reading?.abort();
  }

  /** Forgets from the front what is idle and due: the order of reads is the order of due times. */
  #sweep(): void {
    const nowMs = this.#options.clock.monotonicMs();
    for (const pace of this.paces.values()) {
      if (pace.dueAtMs > nowMs) return;
      const idle = pace.reading === null && pace.waiters.size === 0;
      if (idle) this.paces.delete(pace.key);
    }
  }
}

/** A reader that throws before its promise fails its polls, as one that rejects does. */
async function callReader(readJob: ReadJob, gone: AbortSignal): Promise<UpstreamReply | Denial> {
  const reply = await readJob(gone);
  if (!isDenial(reply) && !(reply.body instanceof Uint8Array)) {
    throw new TypeError('the reply of a job is shared and must be buffered');
  }
  return reply;
}

const callerGone: Denial = deny('caller_gone', {
  detail: { reason: 'the caller left before the job was read' },
});
