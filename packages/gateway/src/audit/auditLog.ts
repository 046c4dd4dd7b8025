import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import type { AuditEntry } from '../domain/audit.ts';
import type { AuditFilter, AuditStore } from '../ports/auditStore.ts';
import { CursorInvalid, type Page, type PageRequest } from '../ports/stores.ts';
import { Archive } from './archive.ts';
import { decodeEntry } from './decode.ts';
import { encodeEntry, lineStart } from './encode.ts';
import { findIncomplete, type IncompleteTail } from './incomplete.ts';
import { Journal } from './journal.ts';
import { probe } from './probe.ts';
import { Recent } from './recent.ts';
import { listSegments } from './segments.ts';
import { SegmentWriter } from './segmentWriter.ts';
import { auditUnavailable } from './unavailable.ts';

export interface AuditLogOptions {
  /** Told of what an operator must know: writing fails or works again, a segment is torn or damaged. No secrets. */
  readonly onAlarm?: (message: string) => void;
  /** A segment that has grown to this size is followed by a new one. Default 64 MiB. */
  readonly segmentBytesMax?: number;
  /** Characters that may wait for the disk before entries are refused. Default 16 Mi. */
  readonly waitingLengthMax?: number;
  /** How long the disk may be silent before entries are refused. Default 5 s. */
  readonly stuckMs?: number;
}

/** The audit log in files. */
export interface AuditLog extends AuditStore {
  /** Lines that were unfinished when the log was opened; still there, never mended. */
  readonly incomplete: readonly IncompleteTail[];
}

const recentBytesMax = 2 * 1024 * 1024;

/**
 * Opens the log in a folder, made with mode 0700 where it is missing: files of JSON lines, one a UTC day and size.
 * @throws AuditUnavailable
 */
export async function openAuditLog(
  folder: string,
  options: AuditLogOptions = {},
): Promise<AuditLog> {
  const { onAlarm: alarm = () => {}, stuckMs = 5_000 } = options;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const segments = await listSegments(folder);
    const incomplete = await findIncomplete(folder, segments);
    for (const { file, offset } of incomplete) {
      alarm(`the audit log is incomplete: the last line of ${file} was never finished (${offset})`);
    }
    const recent = new Recent(recentBytesMax);
    const journal = new Journal({
      createSegment: (name) => SegmentWriter.create(folder, name),
      run: randomBytes(4).toString('hex'),
      afterMs: segments.at(-1)?.fromMs ?? 0,
      segmentBytesMax: options.segmentBytesMax ?? 64 * 1024 * 1024,
      waitingLengthMax: options.waitingLengthMax ?? 16 * 1024 * 1024,
      stuckMs,
      alarm,
      onWritten: (lines) => recent.add(lines),
    });
    const archive = new Archive(folder, (file, offset) =>
      alarm(`the audit log is damaged: ${file} has a line that is no entry (${offset})`),
    );
    const ping = () => probe(folder, stuckMs);
    return new FileAuditLog({ journal, archive, recent, incomplete, probe: ping });
  } catch (error) {
    throw auditUnavailable(error);
  }
}

class FileAuditLog implements AuditLog {
  readonly incomplete: readonly IncompleteTail[];
  readonly #journal: Journal;
  readonly #archive: Archive;
  readonly #recent: Recent;
  readonly #listeners = new Set<(entry: AuditEntry) => void>();

  readonly #probe: () => Promise<void>;
  #probing: Promise<void> | null = null;

  constructor(parts: {
    readonly journal: Journal;
    readonly archive: Archive;
    readonly recent: Recent;
    readonly incomplete: readonly IncompleteTail[];
    readonly probe: () => Promise<void>;
  }) {
    this.#journal = parts.journal;
    this.#archive = parts.archive;
    this.#recent = parts.recent;
    this.#probe = parts.probe;
    this.incomplete = parts.incomplete;
  }

  async append(entry: AuditEntry, options?: { readonly durable: boolean }): Promise<void> {
    const line = encodeEntry(entry);
    await this.#journal.append(line, entry.atMs, options?.durable === true);
    if (this.#listeners.size > 0) this.#tell(line);
  }

  async find(id: string): Promise<AuditEntry | null> {
    const line = this.#recent.find(lineStart(id));
    return line === null ? reading(this.#archive.find(id)) : decodeEntry(line);
  }

  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
    return reading(this.#archive.list(filter, page));
  }

  follow(listener: (entry: AuditEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whoever asks while a probe is under way shares it: asking often costs the disk nothing. */
  async ping(): Promise<void> {
    this.#journal.check();
    this.#probing ??= this.#probe().finally(() => {
      this.#probing = null;
    });
    await this.#probing;
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return this.#journal.close();
  }

  /** Followers see what was written, not the object that it was made from. */
  #tell(line: string): void {
    const entry = decodeEntry(line);
    if (!entry) return;
    for (const listener of this.#listeners) {
      try {
        listener(entry);
      } catch {
        // A follower's trouble is not the trouble of whoever wrote the entry.
      }
    }
  }
}

async function reading<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof CursorInvalid ? error : auditUnavailable(error);
  }
}
