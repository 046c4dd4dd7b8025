import { readdir } from 'node:fs/promises';
import { parseSegmentName, type SegmentName } from './segmentName.ts';

/** The segments in a folder, oldest first. Read anew each time: old ones may be archived away while the program runs. */
export async function listSegments(folder: string): Promise<readonly SegmentName[]> {
  const names = (await readdir(folder)).map(parseSegmentName).filter((name) => name !== null);
  return names.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}
