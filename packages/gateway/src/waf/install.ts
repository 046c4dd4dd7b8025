import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readTarGz } from './archive.ts';
import release from './crsRelease.json' with { type: 'json' };

/** The release of the OWASP Core Rule Set that this gateway was tested with, each file by its SHA-256. */
export const crsRelease: {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
} = release;

/** What was offered is not the release that this gateway knows. */
export class ReleaseRefused extends Error {
  override readonly name = 'ReleaseRefused';
}

type Files = ReadonlyMap<string, Uint8Array>;

const archiveBytesMax = 64 * 1024 * 1024;

/** The files of a release in a folder or a `.tar.gz`, each checked. @throws ReleaseRefused, ArchiveUnreadable */
export function readRelease(from: string): Files {
  if (!existsSync(from)) throw new ReleaseRefused(`${from} is not there`);
  return statSync(from).isDirectory()
    ? checked((name) => readOrNull(join(from, name)))
    : readArchive(readFileSync(from));
}

/** As {@link readRelease}, of the bytes of an archive. */
export function readArchive(bytes: Uint8Array): Files {
  const files = readTarGz(bytes, archiveBytesMax);
  const top = [...files.keys()][0]?.split('/')[0] ?? '';
  return checked((name) => files.get(`${top}/${name}`) ?? files.get(name) ?? null);
}

function checked(read: (name: string) => Uint8Array | null): Files {
  const found = new Map<string, Uint8Array>();
  for (const [name, hash] of Object.entries(crsRelease.files)) {
    const bytes = read(name);
    if (bytes === null) throw refused(`${name} is missing`);
    if (createHash('sha256').update(bytes).digest('hex') !== hash) throw refused(`${name} differs`);
    found.set(name, bytes);
  }
  return found;
}

const refused = (reason: string): ReleaseRefused =>
  new ReleaseRefused(`this is not release ${crsRelease.version} of the Core Rule Set: ${reason}`);

const readOrNull = (file: string): Uint8Array | null =>
  existsSync(file) ? readFileSync(file) : null;

export interface CrsFolders {
  /** What the gateway reads; a link to one of the folders beside it. */
  readonly crs: string;
  readonly crsPrevious: string;
}

/** Lays the files down beside what is in force, and returns their folder. */
export function stage(files: Files, { crs }: CrsFolders): string {
  const folder = join(dirname(crs), `crs-${crsRelease.version}`);
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    const file = join(fresh, name);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, bytes, { mode: 0o600, flush: true });
  }
  return fresh;
}

/** Puts a staged folder in force in one step; what was in force is kept for {@link rollback}. */
export function putInForce(staged: string, folders: CrsFolders): void {
  const { crs, crsPrevious } = folders;
  keepOwnFolder(crs);
  const folder = vacant(staged.replace(/\.new$/, ''));
  renameSync(staged, folder);
  const [before, oldest] = [linkedTo(crs), linkedTo(crsPrevious)];
  point(crs, folder);
  if (before === null) return;
  point(crsPrevious, before);
  if (oldest !== null && oldest !== before) rmSync(oldest, { recursive: true, force: true });
}

/** The release before comes back into force, and the other way round. False: there is none. */
export function rollback({ crs, crsPrevious }: CrsFolders): boolean {
  const [now, before] = [linkedTo(crs), linkedTo(crsPrevious)];
  if (before === null || !existsSync(before)) return false;
  point(crs, before);
  if (now !== null) point(crsPrevious, now);
  return true;
}

/** A folder that somebody put there by hand becomes one that a link can name. */
function keepOwnFolder(crs: string): void {
  if (!existsSync(crs) || lstatSync(crs).isSymbolicLink()) return;
  const kept = vacant(`${crs}-own`);
  renameSync(crs, kept);
  point(crs, kept);
}

function vacant(folder: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    if (!existsSync(name)) return name;
  }
}

function linkedTo(link: string): string | null {
  const there = lstatSync(link, { throwIfNoEntry: false });
  return there?.isSymbolicLink() ? join(dirname(link), readlinkSync(link)) : null;
}

/** A link is replaced in one step: at every moment it names one folder or the other. */
function point(link: string, folder: string): void {
  const fresh = `${link}.new`;
  rmSync(fresh, { force: true });
  symlinkSync(basename(folder), fresh);
  renameSync(fresh, link);
}
