import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../config/dataFolder.ts';
import { readToken } from './place.ts';

/**
 * Where a starting gateway leaves the bootstrap token for the command line of the same user. The first command that
 * needs a token makes its user the first owner and removes the file.
 */
const fileOf = ({ root }: Pick<DataFolder, 'root'>): string => join(root, 'bootstrap.token');

export function keepBootstrapToken(folder: DataFolder, token: string): void {
  rmSync(fileOf(folder), { force: true });
  writeFileSync(fileOf(folder), `${token}\n`, { mode: 0o600, flag: 'wx' });
}

export const readBootstrapToken = (folder: DataFolder): string | null =>
  existsSync(fileOf(folder)) ? readToken(fileOf(folder)) : null;

export const removeBootstrapToken = (folder: DataFolder): void =>
  rmSync(fileOf(folder), { force: true });
