import { CursorInvalid } from '../ports/stores.ts';
import { parseSegmentName, type SegmentName } from './segmentName.ts';

/** A place between two lines. Entries are only ever added, so it stays where it is. */
export interface Position {
  readonly segment: SegmentName;
  readonly offset: number;
}

export const writeCursor = ({ segment, offset }: Position): string =>
  Buffer.from(JSON.stringify([segment.file, offset])).toString('base64url');

/** @throws CursorInvalid */
export function readCursor(cursor: string): Position {
  const [file, offset, ...more] = parse(cursor);
  const segment = typeof file === 'string' ? parseSegmentName(file) : null;
  if (!segment || !Number.isSafeInteger(offset) || more.length > 0) throw new CursorInvalid();
  return { segment, offset: offset as number };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts)) return parts;
  } catch {
    // falls through to the refusal
  }
  throw new CursorInvalid();
}
