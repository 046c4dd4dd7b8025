import { AuditUnavailable } from '../ports/auditStore.ts';
import { dayOf, segmentName, type SegmentName } from './segmentName.ts';
import type { SegmentWriter } from './segmentWriter.ts';
import { auditUnavailable } from './unavailable.ts';
import { Watchdog } from './watchdog.ts';

export interface JournalOptions {
  /** Makes a segment; fails when its name is taken. */
  readonly createSegment: (
    name: SegmentName,
  ) => Promise<Pick<SegmentWriter, 'name' | 'bytes' | 'isSound' | 'append' | 'sync' | 'close'>>;
  /** Names this run of the program in its segments: 8 hexadecimal digits. */
  readonly run: string;
  /** Segments begin after this time, so that their names sort as they were written. */
  readonly afterMs: number;
  readonly segmentBytesMax: number;
  /** Characters that may wait for the disk. */
  readonly waitingLengthMax: number;
  /** After this long without an answer of the disk, entries are refused. */
  readonly stuckMs: number;
  /** Told of the lines that a killed process can no longer lose. */
  readonly onWritten: (lines: Buffer) => void;
  /** Told when writing begins to fail and when it works again. */
  readonly alarm: (message: string) => void;
}

type Segment = Awaited<ReturnType<JournalOptions['createSegment']>>;

interface Waiting {
  readonly line: string;
  readonly atMs: number;
  readonly isDurable: boolean;
  readonly resolve: () => void;
  readonly reject: (error: AuditUnavailable) => void;
}

/**
 * Writes lines in the order of the calls. All that wait share one write, and those that must outlive a power cut share
 * one sync, while the next ones gather. Never blocks the event loop, whatever the disk does.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #writeWatch: Watchdog;
  readonly #syncWatch: Watchdog;
  readonly #failing = new Set<'write' | 'sync'>();
  #waiting: Waiting[] = [];
  #waitingLength = 0;
  #writing: readonly Waiting[] = [];
  #written: Waiting[] = [];
  #syncing: readonly Waiting[] = [];
  #writeLoop: Promise<void> | null = null;
  #syncLoop: Promise<void> | null = null;
  #segment: Segment | null = null;
  #lastFromMs: number;
  #isClosed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#lastFromMs = options.afterMs;
    this.#writeWatch = new Watchdog(options.stuckMs, () => this.#giveUp('write'));
    this.#syncWatch = new Watchdog(options.stuckMs, () => this.#giveUp('sync'));
  }

  /** @throws AuditUnavailable */
  append(line: string, atMs: number, isDurable: boolean): Promise<void> {
    const refusal = this.#refusal(line);
    if (refusal) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, atMs, isDurable, resolve, reject });
      this.#waitingLength += line.length;
      this.#writeLoop ??= this.#writeAll();
    });
  }

  /** @throws AuditUnavailable when an entry would be refused at once */
  check(): void {
    const refusal = this.#refusal('');
    if (refusal) throw refusal;
  }

  /** Waits for what was appended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writeLoop;
    await this.#syncLoop;
    this.#writeWatch.stop();
    this.#syncWatch.stop();
    await this.#retire();
  }

  #refusal(line: string): AuditUnavailable | null {
    if (this.#isClosed) return new AuditUnavailable('the audit log is closed');
    if (this.#writeWatch.isStuck || this.#syncWatch.isStuck) return silentDisk();
    const isFull = this.#waitingLength + line.length > this.#options.waitingLengthMax;
    return isFull ? new AuditUnavailable('the disk of the audit log does not keep up') : null;
  }

  async #writeAll(): Promise<void> {
    // Whatever is appended in this turn of the event loop joins the first write.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      this.#writing = this.#waiting;
      this.#waiting = [];
      this.#waitingLength = 0;
      await this.#write(this.#writing);
    }
    this.#writing = [];
    this.#writeLoop = null;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#writeWatch.watch(this.#appendToSegment(batch));
    } catch (error) {
      this.#failed('write', batch, error);
      return;
    }
    this.#worked('write');
    for (const entry of batch) {
      if (entry.isDurable) this.#written.push(entry);
      else entry.resolve();
    }
    if (this.#written.length > 0) this.#syncLoop ??= this.#syncAll();
  }

  async #syncAll(): Promise<void> {
    while (this.#written.length > 0) {
      this.#syncing = this.#written;
      this.#written = [];
      await this.#sync(this.#syncing);
    }
    this.#syncing = [];
    this.#syncLoop = null;
  }

  async #sync(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#syncWatch.watch(this.#segment!.sync());
    } catch (error) {
      this.#failed('sync', batch, error);
      return;
    }
    this.#worked('sync');
    for (const entry of batch) entry.resolve();
  }

  async #appendToSegment(batch: readonly Waiting[]): Promise<void> {
    const segment = await this.#segmentFor(batch[0]!.atMs);
    const lines = Buffer.from(batch.map(({ line }) => line).join(''));
    await segment.append(lines);
    this.#options.onWritten(lines);
  }

  async #segmentFor(atMs: number): Promise<Segment> {
    const present = this.#segment;
    const fits =
      present !== null &&
      present.isSound &&
      present.bytes < this.#options.segmentBytesMax &&
      dayOf(atMs) <= dayOf(present.name.fromMs);
    if (fits) return present;
    // What was written to the present one is synced before the next one takes its place.
    await this.#syncLoop;
    await this.#retire();
    this.#lastFromMs = Math.max(atMs, this.#lastFromMs + 1);
    const name = segmentName(this.#lastFromMs, this.#options.run);
    this.#segment = await this.#options.createSegment(name);
    return this.#segment;
  }

  async #retire(): Promise<void> {
    const segment = this.#segment;
    this.#segment = null;
    if (segment?.isSound) await segment.sync().catch(() => {});
    await segment?.close();
  }

  #failed(work: 'write' | 'sync', batch: readonly Waiting[], error: unknown): void {
    const refusal = auditUnavailable(error);
    for (const entry of batch) entry.reject(refusal);
    if (!this.#failing.has(work)) this.#options.alarm(refusal.message);
    this.#failing.add(work);
  }

  #worked(work: 'write' | 'sync'): void {
    if (this.#failing.size === 0) return;
    this.#failing.delete(work);
    if (this.#failing.size === 0) this.#options.alarm('the audit log is written again');
  }

  /** Nobody waits for a silent disk any longer; what it may still write was not promised to anybody. */
  #giveUp(work: 'write' | 'sync'): void {
    const refused = [...this.#syncing, ...this.#written, ...this.#writing, ...this.#waiting];
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#failed(work, refused, silentDisk());
  }
}

const silentDisk = () => new AuditUnavailable('the disk of the audit log does not answer');
