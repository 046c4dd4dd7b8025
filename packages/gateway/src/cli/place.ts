import { existsSync, readFileSync, statSync } from 'node:fs';
import { dataFolder, type DataFolder } from '../config/dataFolder.ts';
import { loadConfig, type LoadedConfig } from '../config/load.ts';
import { Failure } from './failure.ts';
import type { Values } from './values.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Which gateway a command is about. */
export interface Place {
  readonly loaded: LoadedConfig;
  readonly folder: DataFolder;
  /** Address of the admin API, without a slash at the end. */
  readonly url: string;
  /** Whether the address is the one of the configuration: only then the folder's token is for it. */
  readonly isOwn: boolean;
}

const usualFile = 'filmgate.yaml';

/** The file of `--config` or `FILMGATE_CONFIG`, else the usual one if it is there; null: built-in defaults. */
export function configFile(values: Values, environment: Environment): string | null {
  const named = values.text('config') ?? environment['FILMGATE_CONFIG'] ?? null;
  return named ?? (existsSync(usualFile) ? usualFile : null);
}

/** @throws ConfigError */
export function findPlace(values: Values, environment: Environment): Place {
  const loaded = loadConfig(configFile(values, environment));
  const folder = dataFolder(loaded.path(loaded.config.data));
  const own = ownUrl(loaded);
  const named = values.text('url') ?? environment['FILMGATE_URL'] ?? null;
  const url = named === null ? own : checkUrl(named);
  return { loaded, folder, url, isOwn: url === own };
}

function ownUrl({ config }: LoadedConfig): string {
  const { host, port } = config.admin.listen;
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `https://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function checkUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' && url.pathname === '/' && url.search === '') return url.origin;
  throw new Failure('the address of the admin API has the form https://HOST:PORT');
}

/** A token file as it must be: there, for its owner only. Null when there is none. */
export function readToken(file: string): string | null {
  if (!existsSync(file)) return null;
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new Failure(`${file} is readable by others`, [`chmod 600 ${file}`]);
  }
  return readFileSync(file, 'utf8').trim() || null;
}
