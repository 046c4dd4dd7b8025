import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SandboxOptions } from '../options.ts';

/** What the command line asks for, or what is wrong with it. */
export type Command =
  | { readonly do: 'help' }
  | { readonly do: 'start'; readonly options: SandboxOptions; readonly json: boolean }
  | { readonly do: 'refuse'; readonly reason: string };

const flags = {
  port: { type: 'string', default: '8788' },
  'control-port': { type: 'string', default: '8789' },
  host: { type: 'string', default: '127.0.0.1' },
  'control-host': { type: 'string', default: '127.0.0.1' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'webhook-ca': { type: 'string' },
  speed: { type: 'string' },
  clock: { type: 'string' },
  seed: { type: 'string' },
  'api-key': { type: 'string' },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const help = `filmgate-sandbox: a local Pictory API for tests. Nothing leaves this machine but webhooks.

Usage: filmgate-sandbox [flags]

  --port N             port of the API, 0 for any free one (8788)
  --control-port N     port of the control API, 0 for any free one (8789)
  --host ADDRESS       address of the API (127.0.0.1)
  --control-host ADDR  address of the control API, which asks for no credential (127.0.0.1)
  --tls-cert FILE      certificate chain, PEM; both ports speak HTTPS then
  --tls-key FILE       its key, PEM
  --webhook-ca FILE    authority to trust for https webhooks, PEM
  --speed N            how many times faster than life jobs run (40; 1 with a manual clock)
  --clock real|manual  manual: time stands still until the control API advances it
  --seed TEXT          same seed, same ids, keys and secrets (sandbox)
  --api-key TEXT       the account's key, in place of the seed's
  --client-id TEXT     the account's client id
  --client-secret TEXT the account's client secret
  --json               print one line of JSON when ready, and nothing else
  -h, --help           this text
`;

export function readFlags(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    if (values.help) return { do: 'help' };
    return { do: 'start', json: values.json, options: optionsOf(values) };
  } catch (error) {
    return { do: 'refuse', reason: error instanceof Error ? error.message : String(error) };
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof flags; strict: true }>>['values'];

function optionsOf(values: Values): SandboxOptions {
  const { clock } = values;
  if (clock !== undefined && clock !== 'real' && clock !== 'manual')
    throw new Error(`--clock must be real or manual, not "${clock}"`);
  return {
    port: portOf('--port', values.port),
    controlPort: portOf('--control-port', values['control-port']),
    host: values.host,
    controlHost: values['control-host'],
    tls: tlsOf(values['tls-cert'], values['tls-key']),
    webhookCa: fileOf('--webhook-ca', values['webhook-ca']),
    speed: speedOf(values.speed),
    clock,
    seed: values.seed,
    apiKey: values['api-key'],
    clientId: values['client-id'],
    clientSecret: values['client-secret'],
  };
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`${flag} must be a port from 0 to 65535, not "${text}"`);
  return port;
}

function speedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed <= 0)
    throw new Error(`--speed must be a number above 0, not "${text}"`);
  return speed;
}

function tlsOf(certFile: string | undefined, keyFile: string | undefined): SandboxOptions['tls'] {
  const cert = fileOf('--tls-cert', certFile);
  const key = fileOf('--tls-key', keyFile);
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new Error('--tls-cert and --tls-key must be given together');
  return { cert, key };
}

function fileOf(flag: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`${flag}: cannot read ${path}`);
  }
}
