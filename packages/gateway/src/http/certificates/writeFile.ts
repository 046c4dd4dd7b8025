import { randomBytes } from 'node:crypto';
import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface WriteOptions {
  /** 0o600 for keys, 0o644 for certificates. */
  readonly mode: number;
  /** False: an existing file stays, and the call fails with `EEXIST`. */
  readonly replaces: boolean;
}

/** Writes a file so that readers see the old text or all of the new one, also after a power cut. */
export async function writeFileDurably(
  path: string,
  text: string,
  { mode, replaces }: WriteOptions,
): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeAndSync(draft, text, mode);
  try {
    if (replaces) await rename(draft, path);
    else await link(draft, path);
  } finally {
    await unlink(draft).catch(ignoreAbsent);
  }
  await syncFolder(dirname(path));
}

async function writeAndSync(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    // The mode of `open` is narrowed by the umask; here it is meant exactly.
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
