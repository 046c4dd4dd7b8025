import { gunzipSync } from 'node:zlib';

/** An archive that is not what it says. */
export class ArchiveUnreadable extends Error {
  override readonly name = 'ArchiveUnreadable';
}

const blockBytes = 512;

/**
 * The regular files of a gzipped tar archive (POSIX.1-1988 ustar, with the long names of pax), by name. Links and
 * everything else are left out; nothing is written anywhere.
 * @throws ArchiveUnreadable
 */
export function readTarGz(bytes: Uint8Array, bytesMax: number): ReadonlyMap<string, Uint8Array> {
  const tar = unzip(bytes, bytesMax);
  const files = new Map<string, Uint8Array>();
  let longName: string | null = null;
  for (let at = 0; at + blockBytes <= tar.length && tar[at] !== 0;) {
    const head = tar.subarray(at, at + blockBytes);
    const size = octal(head.subarray(124, 136));
    const type = String.fromCharCode(head[156]!);
    const content = tar.subarray(at + blockBytes, at + blockBytes + size);
    if (content.length < size) throw new ArchiveUnreadable('the archive ends within a file');
    if (type === 'x') longName = paxPath(content) ?? longName;
    else if (type === 'L') longName = text(content);
    else {
      if (type === '0' || type === '\0') files.set(longName ?? nameOf(head), content);
      if (type !== 'g') longName = null;
    }
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
  return files;
}

function unzip(bytes: Uint8Array, bytesMax: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown failure';
    throw new ArchiveUnreadable(`the archive cannot be unpacked: ${reason}`);
  }
}

const text = (field: Uint8Array): string => {
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('utf8');
};

function octal(field: Uint8Array): number {
  const digits = text(field).trim();
  if (!/^[0-7]{1,11}$/.test(digits))
    throw new ArchiveUnreadable('a size in the archive is no number');
  return Number.parseInt(digits, 8);
}

function nameOf(head: Uint8Array): string {
  const prefix = text(head.subarray(345, 500));
  const name = text(head.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records of a pax header: `length key=value` and a line feed each. */
function paxPath(content: Uint8Array): string | null {
  const match = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(Buffer.from(content).toString('utf8'));
  return match?.[1] ?? null;
}
