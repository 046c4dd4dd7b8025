import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeLinesEnd } from './lines.ts';
import type { SegmentName } from './segmentName.ts';

/** The rest of a line that a killed process or a failed disk left at the end of a segment. It is never mended. */
export interface IncompleteTail {
  readonly file: string;
  /** Where the unfinished line begins. */
  readonly offset: number;
  readonly bytes: number;
}

export async function findIncomplete(
  folder: string,
  segments: readonly SegmentName[],
): Promise<readonly IncompleteTail[]> {
  const tails: IncompleteTail[] = [];
  for (const { file } of segments) {
    const handle = await open(join(folder, file));
    try {
      const { size } = await handle.stat();
      const offset = await wholeLinesEnd(handle, size);
      if (offset < size) tails.push({ file, offset, bytes: size - offset });
    } finally {
      await handle.close();
    }
  }
  return tails;
}
