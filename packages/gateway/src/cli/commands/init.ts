import { existsSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { dataFolder, makeDataFolder } from '../../config/dataFolder.ts';
import { parseConfig } from '../../config/load.ts';
import { prepare } from '../../start/prepare.ts';
import type { Call, Run } from '../command.ts';
import { Failure } from '../failure.ts';
import { ask, askHidden } from '../hidden.ts';
import { keepSecret } from '../secretFile.ts';
import { configText, type Answers } from './configText.ts';

const usualFile = 'filmgate.yaml';

/** Interactive on a terminal; with flags, or without a terminal, it asks nothing. */
export const run: Run = async (call) => {
  const { terminal, values } = call;
  const file = values.text('config') ?? usualFile;
  if (existsSync(file)) {
    throw new Failure(`${file} is there already; nothing was changed`, [
      `filmgate config check ${file}`,
      'or name another with --config',
    ]);
  }
  const answers = await collect(call);
  const text = configText(answers.config);
  const loaded = parseConfig(text, file);
  const folder = dataFolder(loaded.path(loaded.config.data));
  makeDataFolder(folder);
  if (answers.key !== null) keepSecret(folder, 'upstream.key', answers.key);
  await prepare(loaded);
  writeFileSync(file, text, { flag: 'wx' });
  const shown = relative(process.cwd(), folder.root) || folder.root;
  terminal.show({ file, data: folder.root, ca: folder.caCertificate }, () => [
    `${terminal.yes} wrote ${file}`,
    `${terminal.yes} data folder ${shown}, with an own CA and certificates`,
    `  clients must trust ${folder.caCertificate}`,
    '',
    '  next: filmgate start',
  ]);
  return 0;
};

interface Collected {
  readonly config: Answers;
  /** A pasted key, to be kept in the data folder. */
  readonly key: string | null;
}

async function collect(call: Call): Promise<Collected> {
  const given = fromFlags(call);
  const { terminal, values } = call;
  const nothingSaid = ['data', 'edge', 'host', 'key-env', 'key-file', 'sandbox'].every(
    (name) => !values.flag(name),
  );
  if (!terminal.isPerson || !process.stdin.isTTY || !nothingSaid) {
    return { config: given, key: null };
  }
  return interview(given);
}

function fromFlags({ values }: Call): Answers {
  const keyEnv = values.text('key-env');
  const keyFile = values.text('key-file');
  const sandbox = values.text('sandbox');
  return {
    data: values.text('data') ?? './data',
    edge: values.text('edge') ?? '127.0.0.1:8443',
    admin: values.text('admin') ?? '127.0.0.1:9443',
    hosts: values.list('host'),
    credential: keyEnv !== null ? { env: keyEnv } : keyFile !== null ? { file: keyFile } : null,
    sandbox: sandbox === null ? null : { url: sandbox, ca: values.text('sandbox-ca') },
    isDevelopment: values.flag('development') || sandbox !== null,
  };
}

async function interview(given: Answers): Promise<Collected> {
  const edge = await ask('Where shall applications connect?', given.edge);
  const host = await ask('Under which host name?', 'localhost');
  const source = await ask('Upstream API key: paste, env or later?', 'later');
  const key = source === 'paste' ? await askHidden('API key') : null;
  const env = source === 'env' ? await ask('Name of the variable?', 'UPSTREAM_API_KEY') : null;
  return {
    key,
    config: {
      ...given,
      edge,
      hosts: host === 'localhost' ? [] : [host],
      credential:
        key !== null
          ? { file: `${given.data}/secrets/upstream.key` }
          : env !== null
            ? { env }
            : null,
    },
  };
}
