import { existsSync, readFileSync, statSync } from 'node:fs';
import type { SecretReference } from './config.ts';
import { environment } from './environment.ts';
import { ConfigError } from './load.ts';

/** A secret that is read anew each time, so that a replaced file is seen without a restart. */
export type ReadSecret = () => string;

/**
 * Resolves a reference. Trailing line ends of files are cut, since editors add them.
 * @throws ConfigError naming the variable or file, never its content
 */
export function secretReader(
  reference: SecretReference,
  path: (written: string) => string,
): ReadSecret {
  return 'env' in reference
    ? () => readVariable(reference.env)
    : () => readSecretFile(path(reference.file));
}

function readVariable(name: string): string {
  const value = environment[name];
  if (value === undefined || value === '')
    throw new ConfigError(`the environment variable ${name} is not set`);
  return value;
}

function readSecretFile(file: string): string {
  if (!existsSync(file)) throw new ConfigError(`the secret file ${file} does not exist`);
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new ConfigError(`the secret file ${file} is readable by others; run chmod 600 ${file}`);
  }
  const value = readFileSync(file, 'utf8').replace(/[\r\n]+$/, '');
  if (value === '') throw new ConfigError(`the secret file ${file} is empty`);
  return value;
}
