import { readFile, stat } from 'node:fs/promises';
import { TlsMaterialUnusable, type TlsMaterial } from './secureContext.ts';

/** PEM files, watched; or PEM text. */
export type TlsSource =
  | {
      readonly files: { readonly cert: string; readonly key: string; readonly clientCa?: string };
    }
  | { readonly pem: TlsMaterial };

/** @throws TlsMaterialUnusable for a file that cannot be read, by its role, path and error code. */
export async function readMaterial(source: TlsSource): Promise<TlsMaterial> {
  if ('pem' in source) return source.pem;
  const { cert, key, clientCa } = source.files;
  return {
    cert: await readText(cert, 'certificate'),
    key: await readText(key, 'key'),
    ...(clientCa !== undefined && { clientCa: await readText(clientCa, 'client CA') }),
  };
}

/** A text that changes when a file of the source changes: time, size and inode of each. Empty for PEM text. */
export async function fingerprintSource(source: TlsSource): Promise<string> {
  if ('pem' in source) return '';
  const marks = await Promise.all(Object.values(source.files).map(markFile));
  return marks.join(' ');
}

async function markFile(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs}:${size}:${ino}`;
  } catch {
    return 'absent';
  }
}

async function readText(path: string, role: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new TlsMaterialUnusable(`the ${role} file ${path} cannot be read (${code})`);
  }
}
