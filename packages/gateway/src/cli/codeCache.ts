import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../config/environment.ts';

/**
 * Keeps compiled code from one start to the next, which halves the time of a start. In a folder of this user alone, not
 * in Node's own place below the folder for temporary files: whoever can write there could have us run other code.
 * Without such a folder nothing is kept. Node's NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE go before.
 */
export function keepCompiledCode(): void {
  try {
    const home = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
    const folder = join(home, 'filmgate', 'code');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOwn(join(home, 'filmgate')) && isOwn(folder)) enableCompileCache(folder);
  } catch {
    // No home, a full or read-only disk: the start takes longer, and that is all.
  }
}

/** Where there are no user ids (Windows), folders of a profile are its user's alone. */
function isOwn(folder: string): boolean {
  const { mode, uid } = lstatSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
