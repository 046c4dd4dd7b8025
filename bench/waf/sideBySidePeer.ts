import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProxy } from '../gateway/nginx.ts';
import type { Place } from '../gateway/place.ts';
import type { Running } from '../gateway/running.ts';

/** The Core Rule Set that both sides load, as its files are. */
export interface RuleFiles {
  readonly version: string;
  /** What the gateway is given. */
  readonly folder: string;
  readonly rules: string;
  readonly setup: string;
}

/** What stands beside the gateway, as the system's packages install it. */
export interface PeerParts {
  readonly modules: readonly string[];
  /** The set-up that the package recommends. */
  readonly recommended: string;
  readonly version: string;
}

const shared = join(import.meta.dirname, '../../../shared/crs/v4.28.0');
const places = [
  { folder: process.env['FILMGATE_CRS_DIR'] ?? shared, setup: 'crs-setup.conf.example' },
  { folder: '/usr/share/modsecurity-crs', setup: '/etc/modsecurity/crs/crs-setup.conf' },
];

/** The release beside the project, else the one of the system's package; null: neither. */
export function findRules(): RuleFiles | null {
  for (const { folder, setup: name } of places) {
    const rules = join(folder, 'rules');
    const setup = name.startsWith('/') ? name : join(folder, name);
    if (!existsSync(rules) || !existsSync(setup)) continue;
    const text = execFileSync('grep', ['-rhoE', 'OWASP_CRS/[0-9.]+', rules], { encoding: 'utf8' });
    const version = text.slice('OWASP_CRS/'.length, text.indexOf('\n'));
    return { version, folder, rules, setup };
  }
  return null;
}

/** null: nginx has no libmodsecurity here. */
export function findPeer(): PeerParts | null {
  const folder = modulesFolder();
  const recommended = '/etc/nginx/modsecurity.conf';
  if (folder === null || !existsSync(recommended)) return null;
  const modules = readdirSync(folder)
    .filter((name) => /^(?:ndk_http|ngx_http_modsecurity)_module\.so$/.test(name))
    .sort()
    .map((name) => join(folder, name));
  if (!modules.some((file) => file.includes('modsecurity'))) return null;
  return { modules, recommended, version: packageVersion('libmodsecurity3') };
}

function modulesFolder(): string | null {
  try {
    const told = execFileSync('sh', ['-c', 'nginx -V 2>&1'], { encoding: 'utf8' });
    const folder = /--modules-path=(\S+)/.exec(told)?.[1];
    return folder !== undefined && existsSync(folder) ? folder : null;
  } catch {
    return null;
  }
}

function packageVersion(name: string): string {
  try {
    return execFileSync('dpkg-query', ['-W', '-f=${Version}', name], { encoding: 'utf8' });
  } catch {
    return 'unknown';
  }
}

/** nginx as a proxy with the recommended set-up, blocking, and the rules at paranoia level 1. */
export function startPeer(
  place: Place,
  upstreamPort: number,
  { modules, recommended }: PeerParts,
  { setup, rules }: RuleFiles,
): Promise<Running> {
  const rulesFile = join(place.folder, 'rules.conf');
  const methods = 'GET HEAD POST PUT DELETE';
  const lines = [
    `Include ${recommended}`,
    'SecRuleEngine On',
    `SecAuditLog ${join(place.folder, 'modsecurity.audit')}`,
    `Include ${setup}`,
    `SecAction "id:900200,phase:1,pass,t:none,nolog,setvar:'tx.allowed_methods=${methods}'"`,
    `Include ${join(rules, '*.conf')}`,
  ];
  writeFileSync(rulesFile, `${lines.join('\n')}\n`);
  return startProxy(place, upstreamPort, {
    name: 'modsecurity',
    main: modules.map((file) => `load_module ${file};\n`).join(''),
    server: `modsecurity on; modsecurity_rules_file ${rulesFile};`,
  });
}
