import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AuditUnavailable } from '../ports/auditStore.ts';
import { auditUnavailable } from './unavailable.ts';

const probeBytes = 4_096;

/**
 * Shows that the disk takes a block and keeps it, in a file beside the log.
 * @throws AuditUnavailable
 */
export async function probe(folder: string, timeoutMs: number): Promise<void> {
  const answered = new AbortController();
  const silence = setTimeout(timeoutMs, null, { signal: answered.signal, ref: false }).then(
    () => {
      throw new AuditUnavailable('the disk of the audit log does not answer');
    },
    () => {},
  );
  try {
    await Promise.race([writeBlock(join(folder, 'probe')), silence]);
  } catch (error) {
    throw auditUnavailable(error);
  } finally {
    answered.abort();
  }
}

async function writeBlock(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(Buffer.alloc(probeBytes));
    await file.datasync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
