import { existsSync, readFileSync, statSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Call, Run } from '../command.ts';
import { Failure } from '../failure.ts';
import type { Gateway } from '../gateway.ts';
import type { Place } from '../place.ts';
import { plain } from '../terminal.ts';
import type { Key } from './keys.ts';

/** One thing that was looked at. */
interface Result {
  readonly name: string;
  readonly state: 'fine' | 'weak' | 'wrong';
  readonly finding: string;
  /** The command or step that mends it. */
  readonly remedy?: string;
}

const fine = (name: string, finding: string): Result => ({ name, state: 'fine', finding });
const weak = (name: string, finding: string, remedy: string): Result => ({
  name,
  state: 'weak',
  finding,
  remedy,
});
const wrong = (name: string, finding: string, remedy: string): Result => ({
  name,
  state: 'wrong',
  finding,
  remedy,
});

export const run: Run = async (call) => {
  const { terminal } = call;
  const place = await call.place();
  const results = [
    checkRuntime(),
    checkConfig(place),
    checkFolder(place),
    ...checkCertificates(place, call.nowMs()),
    checkWaf(place),
    ...checkSettings(place),
    ...(await checkGateway(call)),
  ];
  const found = results.filter(({ state }) => state !== 'fine').length;
  const marks = { fine: terminal.yes, weak: terminal.paint('warn', '!'), wrong: terminal.no };
  terminal.show(results, () => [
    ...results.flatMap(({ name, state, finding, remedy }) => [
      `${marks[state]} ${name.padEnd(12)} ${plain(finding)}`,
      ...(remedy === undefined
        ? []
        : [terminal.paint('quiet', `  ${''.padEnd(12)} ${plain(remedy)}`)]),
    ]),
    '',
    found === 0 ? 'nothing to mend' : `${found} to look at`,
  ]);
  return found === 0 ? 0 : 2;
};

/** Releases before this one have remotely reachable faults in TLS and HTTP. */
const runtimeFloor = [26, 13, 1] as const;

function checkRuntime(): Result {
  const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number);
  const [floorMajor, floorMinor, floorPatch] = runtimeFloor;
  const isOld =
    major !== floorMajor
      ? major < floorMajor
      : minor !== floorMinor
        ? minor < floorMinor
        : patch < floorPatch;
  const shown = `Node ${process.versions.node}`;
  return isOld
    ? weak('runtime', `${shown} has known faults`, `use Node ${runtimeFloor.join('.')} or newer`)
    : fine('runtime', shown);
}

function checkConfig({ loaded: { file, config } }: Place): Result {
  if (file === null) return weak('config', 'there is no file; defaults hold', 'filmgate init');
  return config.mode === 'production'
    ? fine('config', file)
    : weak('config', `${file} is in development mode`, 'set mode: production');
}

function checkFolder({ folder: { root } }: Place): Result {
  if (!existsSync(root))
    return weak('data folder', `${root} is not there`, 'filmgate start makes it');
  if ((statSync(root).mode & 0o077) !== 0) {
    return wrong('data folder', `${root} is open to others`, `chmod 700 ${root}`);
  }
  return fine('data folder', root);
}

const dayMs = 86_400_000;

function checkCertificates({ folder, loaded }: Place, nowMs: number): readonly Result[] {
  return (['edge', 'admin'] as const).flatMap((name) => {
    const own = loaded.config[name].certificate?.cert;
    const file = own === undefined ? join(folder.tls, `${name}.pem`) : loaded.path(own);
    if (!existsSync(file)) {
      return own === undefined
        ? []
        : [wrong(`${name} TLS`, `${file} is not there`, 'put it there')];
    }
    const until = new X509Certificate(readFileSync(file)).validToDate.getTime();
    const days = Math.floor((until - nowMs) / dayMs);
    if (days < 0) return [wrong(`${name} TLS`, 'the certificate has expired', 'renew it')];
    return days < 14
      ? [weak(`${name} TLS`, `the certificate ends in ${days} days`, 'renew it')]
      : [fine(`${name} TLS`, `valid for ${days} days`)];
  });
}

function checkWaf({ loaded, folder }: Place): Result {
  const { waf } = loaded.config;
  if (waf.rules !== undefined || existsSync(folder.crs)) {
    return fine('waf', `the Core Rule Set at paranoia level ${waf.paranoia}`);
  }
  return weak(
    'waf',
    'only the built-in rules run',
    'filmgate waf update  says how to get the OWASP Core Rule Set',
  );
}

function checkSettings({ loaded }: Place): readonly Result[] {
  const { guards, upstream, networks } = loaded.config;
  const relaxed = Object.entries(guards).filter(([, mode]) => mode !== 'enforce');
  return [
    ...relaxed.map(([name, mode]) =>
      weak('guards', `${name} is ${mode}`, `set guards.${name}: enforce`),
    ),
    ...(upstream.credential === undefined
      ? [wrong('upstream', 'there is no credential', 'filmgate upstream add')]
      : []),
    ...(networks.allow.length === 0
      ? [weak('networks', 'any network may call', 'set networks.allow, or networks of clients')]
      : []),
  ];
}

async function checkGateway(call: Call): Promise<readonly Result[]> {
  let gateway: Gateway;
  try {
    gateway = await call.gateway();
    return [...(await checkStatus(gateway)), ...(await checkKeys(gateway, call.nowMs()))];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [wrong('gateway', error.message, error.hints[0] ?? 'filmgate start')];
  }
}

interface Status {
  readonly capabilities: readonly {
    readonly name: string;
    readonly state: 'ok' | 'degraded' | 'down';
    readonly detail: string;
  }[];
}

async function checkStatus(gateway: Gateway): Promise<readonly Result[]> {
  const { body } = await gateway.get<Status>('/v1/status');
  const states = { ok: 'fine', degraded: 'weak', down: 'wrong' } as const;
  return body.capabilities.map(({ name, state, detail }) => ({
    name,
    state: states[state],
    finding: detail,
    ...(state !== 'ok' && { remedy: 'filmgate status shows whether it lasts' }),
  }));
}

async function checkKeys(gateway: Gateway, nowMs: number): Promise<readonly Result[]> {
  const keys = (await gateway.list<Key>('/v1/keys')).filter(({ state }) => state === 'active');
  const ending = keys.filter(({ expires_at }) => Date.parse(expires_at) - nowMs < 14 * dayMs);
  const unused = keys.filter(({ last_used }) => last_used === null);
  return [
    ...ending.map(({ id }) =>
      weak('keys', `${id} ends within 14 days`, `filmgate keys rotate ${id}`),
    ),
    ...(unused.length === 0
      ? []
      : [
          weak(
            'keys',
            unused.length === 1 ? 'one was never used' : `${unused.length} were never used`,
            'filmgate keys list',
          ),
        ]),
    ...(ending.length + unused.length === 0 ? [fine('keys', `${keys.length} active`)] : []),
  ];
}
