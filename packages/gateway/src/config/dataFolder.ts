import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files of the data folder. All of them are private to the gateway's user; together with the database they are the backup. */
export interface DataFolder {
  readonly root: string;
  /** SQLite, unless the configuration names another store. */
  readonly database: string;
  readonly audit: string;
  readonly pepper: string;
  /** The own CA and the certificates that it made. */
  readonly tls: string;
  /** What clients must trust when the gateway uses its own certificates. */
  readonly caCertificate: string;
  /** Secrets that `filmgate upstream add` puts down, one file each. */
  readonly secrets: string;
  /** The OWASP Core Rule Set, as `filmgate waf update` put it there. */
  readonly crs: string;
  /** The one before, for `filmgate waf rollback`. */
  readonly crsPrevious: string;
  /** Reviewed exclusions of rules, in SecLang. */
  readonly wafExclusions: string;
  /** The admin token of the command line on this machine. */
  readonly adminToken: string;
}

export function dataFolder(root: string): DataFolder {
  const tls = join(root, 'tls');
  return {
    root,
    database: join(root, 'filmgate.db'),
    audit: join(root, 'audit'),
    pepper: join(root, 'pepper'),
    tls,
    caCertificate: join(tls, 'ca.pem'),
    secrets: join(root, 'secrets'),
    crs: join(root, 'crs'),
    crsPrevious: join(root, 'crs.previous'),
    wafExclusions: join(root, 'waf-exclusions.conf'),
    adminToken: join(root, 'admin.token'),
  };
}

/** Makes what is missing, mode 0700. */
export function makeDataFolder(folder: DataFolder): void {
  for (const path of [folder.root, folder.tls, folder.audit, folder.secrets]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
}
