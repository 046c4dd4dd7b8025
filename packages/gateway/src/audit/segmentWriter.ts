import { close, fdatasync, fsync, ftruncate, open, write } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SegmentName } from './segmentName.ts';

const openFd = promisify(open);
const closeFd = promisify(close);
const truncateFd = promisify(ftruncate);
const syncData = promisify(fdatasync);

/** One file that only grows. Calls of {@link append} must not overlap. */
export class SegmentWriter {
  readonly name: SegmentName;
  readonly #fd: number;
  #bytes = 0;
  #failure: unknown = null;

  private constructor(name: SegmentName, fd: number) {
    this.name = name;
    this.#fd = fd;
  }

  /** Makes the file, readable by its owner only, and makes sure that the folder does not forget it in a power cut. */
  static async create(folder: string, name: SegmentName): Promise<SegmentWriter> {
    const fd = await openFd(join(folder, name.file), 'wx', 0o600);
    const segment = new SegmentWriter(name, fd);
    try {
      await syncFolder(folder);
      return segment;
    } catch (error) {
      await segment.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** False once its end is in doubt: nothing may be written behind it. */
  get isSound(): boolean {
    return this.#failure === null;
  }

  /** Writes all or, as far as the disk lets it, nothing: what was written of a failed append is cut off again. */
  async append(data: Buffer): Promise<void> {
    try {
      let written = 0;
      while (written < data.length) written += await this.#write(data, written);
      this.#bytes += data.length;
    } catch (error) {
      await this.#cutBack();
      throw error;
    }
  }

  /** After a failure it fails for ever: what the file holds is unknown then, and a second try would not tell. */
  async sync(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    try {
      await syncData(this.#fd);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async close(): Promise<void> {
    await closeFd(this.#fd);
  }

  #write(data: Buffer, offset: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(
        this.#fd,
        data,
        offset,
        data.length - offset,
        this.#bytes + offset,
        (error, written) => {
          if (error) reject(error);
          else resolve(written);
        },
      );
    });
  }

  async #cutBack(): Promise<void> {
    try {
      await truncateFd(this.#fd, this.#bytes);
    } catch (error) {
      this.#failure = error;
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await openFile(folder, 'r');
  try {
    await promisify(fsync)(handle.fd);
  } finally {
    await handle.close();
  }
}
