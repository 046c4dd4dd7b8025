import { StoreUnavailable } from '../../ports/stores.ts';
import { taken, unreferenced } from '../conflict.ts';

/** The low byte of SQLite's result codes (sqlite.org/rescode.html) that have a cause an operator can act on. */
const causes: Readonly<Record<number, string>> = {
  5: 'the database is locked by another process',
  6: 'the database is locked by another statement',
  7: 'there is not enough memory',
  8: 'the database may only be read',
  10: 'the disk failed',
  11: 'the database file is damaged',
  13: 'the disk is full',
  14: 'the database file cannot be opened',
  23: 'access to the database file is denied',
  26: 'the file is not a SQLite database',
};

const busy = 5;
const constraintForeignKey = 787;
const constraintPrimaryKey = 1555;
const constraintUnique = 2067;

/** Whether another connection holds the lock that the statement needs. */
export const isLocked = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === busy;

/** What the stores throw instead of an error of node:sqlite, whose message may quote statements. */
export function storeError(error: unknown): Error {
  const code = resultCode(error);
  if (code === null) return new StoreUnavailable('the database is closed');
  if (code === constraintForeignKey) return unreferenced();
  if (code === constraintUnique || code === constraintPrimaryKey)
    return takenColumn(error as Error);
  return new StoreUnavailable(
    causes[code & 0xff] ?? `the database refused a statement (SQLite code ${code})`,
  );
}

/** The extended result code; null for errors that node:sqlite raises itself because the database is not open. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error)) throw error;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode;
  if ('code' in error && error.code === 'ERR_INVALID_STATE') return null;
  throw error;
}

/** SQLite says `UNIQUE constraint failed: clients.name`, with every column of a composite key. */
function takenColumn({ message }: Error): Error {
  const [, table = 'the table', column = 'key'] = /: (\w+)\.(\w+)$/.exec(message) ?? [];
  return taken(table, column);
}
