import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../../ports/stores.ts';
import { StoreUnusable } from '../storeUnusable.ts';
import { storeError } from './errors.ts';

/** How long opening waits for another process. Later, writers wait without stopping the process they run in. */
const busyTimeoutMs = 2_000;
const walBytesMax = 64 * 1024 * 1024;

/**
 * Opens the file for writing, made with mode 0600 where it is missing. Every commit is on the disk when it returns.
 * @throws StoreUnusable, StoreUnavailable
 */
export function connectWriter(file: string): DatabaseSync {
  makePrivate(file);
  return guarded(file, () => {
    const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    try {
      const mode = database.prepare('pragma journal_mode = wal').get() as { journal_mode: string };
      if (mode.journal_mode !== 'wal') {
        throw new StoreUnusable(`${file} stands on a file system without shared memory; move it`);
      }
      database.exec(
        `pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off;
         pragma journal_size_limit = ${walBytesMax}; pragma busy_timeout = 0`,
      );
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** A second connection that sees what is committed, and only that, while the first is in a transaction. */
export function connectReader(file: string): DatabaseSync {
  return guarded(file, () => new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs }));
}

function makePrivate(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new StoreUnavailable('the disk is full');
    throw new StoreUnusable(`${file} cannot be opened for writing (${code})`);
  }
}

/** What is wrong with the file itself does not pass by waiting. */
function guarded(file: string, open: () => DatabaseSync): DatabaseSync {
  try {
    return open();
  } catch (error) {
    if (error instanceof StoreUnusable) throw error;
    const failure = storeError(error);
    const { errcode } = error as { errcode?: number };
    const wrongFile = [8, 11, 14, 23, 26].includes((errcode ?? 0) & 0xff);
    throw wrongFile ? new StoreUnusable(`${file}: ${failure.message}`) : failure;
  }
}
