import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../config/dataFolder.ts';

/** Puts a secret down in the data folder for its owner only; returns the path. */
export function keepSecret({ root, secrets }: DataFolder, name: string, text: string): string {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  mkdirSync(secrets, { recursive: true, mode: 0o700 });
  const file = join(secrets, name);
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}
