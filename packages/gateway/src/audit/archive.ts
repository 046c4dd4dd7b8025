import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEntry } from '../domain/audit.ts';
import type { AuditFilter } from '../ports/auditStore.ts';
import { CursorInvalid, type Page, type PageRequest } from '../ports/stores.ts';
import { readPosition, writePosition, type Position } from './cursor.ts';
import { decodeEntry, readHead } from './decode.ts';
import { lineStart, settledLineStart } from './encode.ts';
import { lineFilter } from './filter.ts';
import { idTimeMs } from './idTime.ts';
import { linesBackward, linesStarting, wholeLinesEnd, type Line } from './lines.ts';
import type { SegmentName } from './segmentName.ts';
import { listSegments } from './segments.ts';

/** An entry is written when its request ends: at most this much later than its time. */
const lateMs = 3_600_000;
/** One page looks through this much; a rarer match comes on a later page. */
const scanLengthMax = 64 * 1024 * 1024;

/** Reads what stands in the files. */
export class Archive {
  readonly #folder: string;
  readonly #onDamage: (file: string, offset: number) => void;

  /** @param onDamage told of each line that this log did not write */
  constructor(folder: string, onDamage: (file: string, offset: number) => void) {
    this.#folder = folder;
    this.#onDamage = onDamage;
  }

  /** The settled entry of that id, or its intent. */
  async find(id: string): Promise<AuditEntry | null> {
    const segments = await listSegments(this.#folder);
    for (const segment of byLikelihood(segments, idTimeMs(id))) {
      const line = await this.#last({ segment, offset: 0 }, lineStart(id));
      const entry = line === null ? null : decodeEntry(line);
      if (entry?.phase === 'intent') return (await this.#settledAfter(id, segment)) ?? entry;
      if (entry) return entry;
    }
    return null;
  }

  /**
   * Newest first, by when they were written; an intent is listed only where no settled entry followed. A page may be
   * short, or empty, before the end.
   * @throws CursorInvalid
   */
  async list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
    const rows: AuditEntry[] = [];
    let last: Position | null = null;
    for await (const { entry, position } of this.#matches(filter, page.cursor)) {
      if (entry === null) return { rows, next: writePosition(position) };
      if (rows.length === page.limit) return { rows, next: writePosition(last ?? position) };
      rows.push(entry);
      last = position;
    }
    return { rows, next: null };
  }

  /** What matches, newest first; null where enough was looked through for one page. */
  async *#matches(filter: AuditFilter, cursor: string | null): AsyncGenerator<Match> {
    const { mayMatch, matches } = lineFilter(filter);
    const oldestMs = (filter.sinceMs ?? -Infinity) - lateMs;
    const settled = new Set<string>();
    let scannedLength = 0;
    for await (const { segment, lines } of this.#portions(cursor)) {
      for (const { text, offset } of lines) {
        scannedLength += text.length;
        const head = readHead(text);
        if (!head) this.#onDamage(segment.file, offset);
        if (!head) continue;
        if (head.atMs < oldestMs) return;
        if (head.phase === 'final') settled.add(head.id);
        if (!mayMatch(text) || (head.phase === 'intent' && settled.has(head.id))) continue;
        const entry = decodeEntry(text);
        if (!entry || !matches(entry)) continue;
        const isSettled =
          entry.phase === 'intent' && (await this.#settledAfter(head.id, segment, offset));
        if (!isSettled) yield { entry, position: { segment, offset } };
      }
      const oldest = lines.at(-1);
      if (oldest && scannedLength > scanLengthMax) {
        yield { entry: null, position: { segment, offset: oldest.offset } };
      }
    }
  }

  /** All lines before the cursor, newest first. */
  async *#portions(cursor: string | null): AsyncGenerator<{ segment: SegmentName; lines: Line[] }> {
    const position = cursor === null ? null : readPosition(cursor);
    for (const segment of (await listSegments(this.#folder)).toReversed()) {
      if (position !== null && segment.file > position.segment.file) continue;
      const file = await openIfThere(this.#folder, segment);
      if (file === null) continue;
      try {
        const isCut = segment.file === position?.segment.file;
        const end = isCut ? await checkEnd(file, position.offset) : await endOf(file);
        for await (const lines of linesBackward(file, end)) yield { segment, lines };
      } finally {
        await file.close();
      }
    }
  }

  /** The settled entry that the same run wrote behind that place. */
  async #settledAfter(id: string, start: SegmentName, offset = 0): Promise<AuditEntry | null> {
    for (const segment of await listSegments(this.#folder)) {
      if (segment.run !== start.run || segment.file < start.file) continue;
      const from = segment.file === start.file ? offset : 0;
      const line = await this.#last({ segment, offset: from }, settledLineStart(id));
      if (line !== null) return decodeEntry(line);
    }
    return null;
  }

  /** The last line of the segment, from that place on, that begins so. */
  async #last({ segment, offset }: Position, prefix: string): Promise<string | null> {
    const file = await openIfThere(this.#folder, segment);
    if (file === null) return null;
    try {
      let last: string | null = null;
      for await (const line of linesStarting(file, prefix, offset)) last = line;
      return last;
    } finally {
      await file.close();
    }
  }
}

interface Match {
  readonly entry: AuditEntry | null;
  readonly position: Position;
}

/** First where the time in the id points to, then everything else from the newest on. */
function byLikelihood(
  segments: readonly SegmentName[],
  timeMs: number | null,
): readonly SegmentName[] {
  const newestFirst = segments.toReversed();
  if (timeMs === null) return newestFirst;
  const first = segments.findLastIndex(({ fromMs }) => fromMs <= timeMs);
  const likely = segments
    .slice(Math.max(0, first))
    .filter(({ fromMs }) => fromMs <= timeMs + lateMs);
  return [...likely, ...newestFirst.filter((segment) => !likely.includes(segment))];
}

/** Null when it was archived away since the folder was listed. */
async function openIfThere(folder: string, { file }: SegmentName): Promise<FileHandle | null> {
  try {
    return await open(join(folder, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function endOf(file: FileHandle): Promise<number> {
  return wholeLinesEnd(file, (await file.stat()).size);
}

async function checkEnd(file: FileHandle, offset: number): Promise<number> {
  const { size } = await file.stat();
  const isLineEnd = offset >= 0 && offset <= size && (await wholeLinesEnd(file, offset)) === offset;
  if (!isLineEnd) throw new CursorInvalid();
  return offset;
}
