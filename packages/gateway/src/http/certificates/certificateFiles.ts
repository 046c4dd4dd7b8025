import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import {
  createAuthority,
  isAuthority,
  issueCertificate,
  needsRenewal,
  type KeyedCertificate,
} from './authority.ts';
import { writeFileDurably } from './writeFile.ts';

/** Where a certificate and its key stand. */
export interface CertificatePaths {
  readonly cert: string;
  readonly key: string;
}

/** A file is damaged, or its other half is missing: nothing is made that could take the place of what was lost. */
export class CertificateFilesUnusable extends Error {
  override readonly name = 'CertificateFilesUnusable';
}

/**
 * The authority in `folder` (`ca.pem`, `ca.key`); made when neither file is there, and never written again. The folder
 * is made if need be, for its owner only.
 *
 * @throws CertificateFilesUnusable
 */
export async function ensureAuthority(
  folder: string,
  nowMs: number,
): Promise<KeyedCertificate & { readonly paths: CertificatePaths }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const paths = { cert: join(folder, 'ca.pem'), key: join(folder, 'ca.key') };
  const present = await readPair(paths);
  if (present !== null) {
    if (isAuthority(present)) return { ...present, paths };
    throw new CertificateFilesUnusable(
      `${paths.cert} and ${paths.key} are not a CA and its key; restore them from a backup`,
    );
  }
  const made = createAuthority(nowMs);
  await writePair(paths, made, false);
  return { ...made, paths };
}

/**
 * The server certificate `NAME.pem` and `NAME.key` in `folder`, for these hosts; made, or made anew when it nears its
 * end, lacks a host or is another authority's. `isNew` tells whether files were written: a running listener then wants
 * a reload.
 *
 * @throws CertificateFilesUnusable
 */
export async function ensureServerCertificate(
  folder: string,
  name: string,
  authority: KeyedCertificate,
  options: { readonly hosts: readonly string[]; readonly nowMs: number; readonly days?: number },
): Promise<{ readonly paths: CertificatePaths; readonly isNew: boolean }> {
  const paths = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  const present = await readPair(paths);
  if (present && isCertificate(present.cert)) {
    const { hosts, nowMs } = options;
    if (!needsRenewal(present.cert, authority, hosts, nowMs)) return { paths, isNew: false };
  }
  await writePair(paths, issueCertificate(authority, options), true);
  return { paths, isNew: true };
}

/** A damaged server certificate is no loss: another one is made. */
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

async function readPair(paths: CertificatePaths): Promise<KeyedCertificate | null> {
  const cert = await readIfPresent(paths.cert);
  const key = await readIfPresent(paths.key);
  if (cert === null && key === null) return null;
  if (cert !== null && key !== null) return { cert, key };
  const [there, missing] = cert === null ? [paths.key, paths.cert] : [paths.cert, paths.key];
  throw new CertificateFilesUnusable(
    `${there} is there but ${missing} is not; restore it, or move the other file away to start anew`,
  );
}

/** The key first: a certificate without its key is of no use, and a crash between the two is told at the next start. */
async function writePair(
  paths: CertificatePaths,
  pair: KeyedCertificate,
  replaces: boolean,
): Promise<void> {
  await writeFileDurably(paths.key, pair.key, { mode: 0o600, replaces });
  await writeFileDurably(paths.cert, pair.cert, { mode: 0o644, replaces });
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
