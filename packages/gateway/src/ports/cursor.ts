import { CursorInvalid } from './stores.ts';

/** A place in a list as an opaque text: what an adapter needs to find it again. */
export const writeCursor = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** The parts, of whatever kind: the adapter checks them. @throws CursorInvalid when there are not `length` of them */
export function readCursor(cursor: string, length: number): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === length) return parts;
  } catch {
    // It is no JSON: refused below.
  }
  throw new CursorInvalid();
}
