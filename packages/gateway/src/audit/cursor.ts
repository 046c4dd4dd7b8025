import { readCursor, writeCursor } from '../ports/cursor.ts';
import { CursorInvalid } from '../ports/stores.ts';
import { parseSegmentName, type SegmentName } from './segmentName.ts';

/** A place between two lines. Entries are only ever added, so it stays where it is. */
export interface Position {
  readonly segment: SegmentName;
  readonly offset: number;
}

export const writePosition = ({ segment, offset }: Position): string =>
  writeCursor([segment.file, offset]);

/** @throws CursorInvalid */
export function readPosition(cursor: string): Position {
  const [file, offset] = readCursor(cursor, 2);
  const segment = typeof file === 'string' ? parseSegmentName(file) : null;
  if (!segment || !Number.isSafeInteger(offset)) throw new CursorInvalid();
  return { segment, offset: offset as number };
}
