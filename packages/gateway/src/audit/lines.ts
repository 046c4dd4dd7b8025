import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 256 * 1024;
const lineFeed = 10;

export interface Line {
  readonly text: string;
  /** Where it begins in its file. */
  readonly offset: number;
}

/** Where the last whole line ends. What stands behind it is being written, or was never finished. */
export async function wholeLinesEnd(file: FileHandle, size: number): Promise<number> {
  for (let position = size; position > 0;) {
    const from = Math.max(0, position - chunkBytes);
    const index = (await readAt(file, from, position)).lastIndexOf(lineFeed);
    if (index !== -1) return from + index + 1;
    position = from;
  }
  return 0;
}

/** The lines before `end`, where one ends, last first and in portions. */
export async function* linesBackward(file: FileHandle, end: number): AsyncGenerator<Line[]> {
  let cut: Buffer = Buffer.alloc(0);
  for (let position = end; position > 0;) {
    const from = Math.max(0, position - chunkBytes);
    const buffer = Buffer.concat([await readAt(file, from, position), cut]);
    // Its first line may begin before it: it waits for the next portion.
    const start = from === 0 ? 0 : buffer.indexOf(lineFeed) + 1;
    cut = buffer.subarray(0, start);
    position = from;
    yield splitBackward(buffer, start, from);
  }
}

/** The whole lines from `start` on, where one begins, that begin with `prefix`. */
export async function* linesStarting(
  file: FileHandle,
  prefix: string,
  start: number,
): AsyncGenerator<string> {
  const needle = Buffer.from(`\n${prefix}`);
  // As if the line before had been read.
  let buffer: Buffer = Buffer.from('\n');
  for (let position = start; ;) {
    const chunk = await readAt(file, position, position + chunkBytes);
    if (chunk.length === 0) return;
    position += chunk.length;
    buffer = Buffer.concat([buffer, chunk]);
    let index = buffer.indexOf(needle);
    let lineEnd = buffer.indexOf(lineFeed, index + 1);
    while (index !== -1 && lineEnd !== -1) {
      yield buffer.toString('utf8', index + 1, lineEnd);
      index = buffer.indexOf(needle, lineEnd);
      lineEnd = buffer.indexOf(lineFeed, index + 1);
    }
    buffer = buffer.subarray(index === -1 ? Math.max(0, buffer.length - needle.length + 1) : index);
  }
}

function splitBackward(buffer: Buffer, start: number, bufferOffset: number): Line[] {
  const lines: Line[] = [];
  for (let end = buffer.length; end > start;) {
    const before = end < 2 ? -1 : buffer.lastIndexOf(lineFeed, end - 2);
    const begin = Math.max(start, before + 1);
    lines.push({ text: buffer.toString('utf8', begin, end - 1), offset: bufferOffset + begin });
    end = begin;
  }
  return lines;
}

async function readAt(file: FileHandle, from: number, end: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(end - from);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
