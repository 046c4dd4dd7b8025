/**
 * Who may import whom in packages/gateway/src, as data. tools/tidy.test.ts holds the tree to it.
 * A folder may import itself, `domain` and the folders listed here; types included.
 */
export const gatewayFolders: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: [],
  pipeline: ['ports'],
  providers: ['ports'],
  config: [],
  system: ['ports'],
  credentials: ['ports', 'config'],
  /** Rules on the disk, and what becomes of them: the only place that knows the engine. */
  waf: ['ports', 'config', 'providers'],
  guards: ['ports', 'pipeline', 'providers', 'credentials', 'waf'],
  upstream: ['ports', 'providers'],
  jobs: ['ports', 'pipeline', 'providers', 'guards'],
  audit: ['ports'],
  edge: ['ports', 'pipeline', 'providers', 'credentials', 'guards', 'jobs', 'upstream', 'waf'],
  admin: ['ports', 'pipeline', 'providers', 'credentials', 'guards', 'config', 'waf'],
  storage: ['ports'],
  http: ['ports'],
  /** The composition root in parts: with main.ts the only place that names concrete adapters. */
  start: [
    'ports',
    'config',
    'credentials',
    'edge',
    'jobs',
    'upstream',
    'audit',
    'admin',
    'storage',
    'http',
    'providers',
    'system',
    'waf',
  ],
  /** Its commands speak to `admin` over HTTP; `start`, `init` and `try` start what they speak to. */
  cli: ['config', 'credentials', 'main', 'start', 'http', 'system', 'waf'],
};

/** Modules and globals that stand in exactly one folder (or file) of the gateway. */
export const confined: readonly {
  readonly pattern: RegExp;
  readonly name: string;
  readonly home: string;
}[] = [
  { name: 'node:sqlite', pattern: /from 'node:sqlite'/, home: 'storage/sqlite/' },
  { name: 'pg', pattern: /(?:from|import\() ?'pg'/, home: 'storage/postgres/' },
  { name: '@redis/client', pattern: /(?:from|import\() ?'@redis\/client'/, home: 'storage/redis/' },
  { name: 'node:http', pattern: /from 'node:https?'/, home: 'http/' },
  { name: 'filmgate-waf', pattern: /(?:from|import\() ?'filmgate-waf'/, home: 'waf/' },
  { name: 'undici', pattern: /from 'undici['/]/, home: 'upstream/' },
  { name: 'process.env', pattern: /process\.env/, home: 'config/environment.ts' },
  { name: 'Date.now', pattern: /Date\.now/, home: 'system/clock.ts' },
  { name: 'console', pattern: /\bconsole\./, home: 'cli/' },
];
