import { readFileSync, writeFileSync } from 'node:fs';
import { relative, dirname } from 'node:path';
import { parseDocument } from 'yaml';
import { parseConfig } from '../../config/load.ts';
import type { Call, Run } from '../command.ts';
import { Failure } from '../failure.ts';
import { ApiFailure, type Gateway } from '../gateway.ts';
import { askHidden } from '../hidden.ts';
import type { Place } from '../place.ts';
import { keepSecret } from '../secretFile.ts';

type Reference = { readonly env: string } | { readonly file: string };
type Credential =
  | { readonly api_key: Reference }
  | { readonly client_id: Reference; readonly client_secret: Reference };

/** The credential never passes the command line: only where it is found does. */
export const add: Run = async (call) => {
  const place = await call.place();
  const { file } = place.loaded;
  if (file === null) throw new Failure('there is no filmgate.yaml to write to', ['filmgate init']);
  const credential = await toCredential(call, place, file);
  const text = withCredential(readFileSync(file, 'utf8'), credential);
  parseConfig(text, file);
  writeFileSync(file, text);
  call.terminal.show({ credential }, () => [
    `${call.terminal.yes} ${file} says where the credential is; restart the gateway`,
    '  then: filmgate upstream test',
  ]);
  return 0;
};

async function toCredential(call: Call, place: Place, file: string): Promise<Credential> {
  const { values } = call;
  const key = reference(values, 'key');
  const id = reference(values, 'id');
  const secret = reference(values, 'secret');
  if (key && (id || secret)) throw new Failure('give a key, or an id and a secret, not both');
  if (key) return { api_key: key };
  if (id && secret) return { client_id: id, client_secret: secret };
  if (id || secret) throw new Failure('an id and a secret belong together');
  const text = await askHidden('API key');
  if (text === '') throw new Failure('no key was given');
  const kept = keepSecret(place.folder, 'upstream.key', text);
  return { api_key: { file: relative(dirname(file), kept) } };
}

function reference(values: Call['values'], name: string): Reference | null {
  const env = values.text(`${name}-env`);
  const file = values.text(`${name}-file`);
  if (env !== null && file !== null) {
    throw new Failure(`give --${name}-env or --${name}-file, not both`);
  }
  if (env !== null) return { env };
  return file === null ? null : { file };
}

/** Comments and order of the file stay. */
export function withCredential(text: string, credential: Credential): string {
  const document = parseDocument(text);
  if (document.get('upstream') === null) document.set('upstream', document.createNode({}));
  document.setIn(['upstream', 'credential'], document.createNode(credential, { flow: true }));
  return document.toString({ lineWidth: 0 });
}

interface Tested {
  readonly works: boolean;
  readonly status: number;
  readonly head_ms: number;
}

interface Finding {
  readonly works: boolean;
  readonly finding: string;
  readonly remedy: string | null;
}

export const check: Run = async ({ gateway, terminal }) => {
  const result = await test(await gateway());
  const { works, finding, remedy } = result;
  terminal.show(result, () => [
    `${works ? terminal.yes : terminal.no} ${finding}`,
    ...(remedy === null ? [] : [`  ${remedy}`]),
  ]);
  return works ? 0 : 2;
};

/** An upstream that refuses or is silent is a finding, not an error of the command. */
async function test(gateway: Gateway): Promise<Finding> {
  try {
    const { body } = await gateway.change<Tested>('POST', '/v1/upstream/test');
    return judge(body);
  } catch (error) {
    if (!(error instanceof ApiFailure) || !/^(?:upstream|circuit)_/.test(error.code)) throw error;
    const isCredential = error.code === 'upstream_credential_refused';
    return {
      works: false,
      finding: error.message,
      remedy: isCredential ? otherCredential : otherAddress,
    };
  }
}

function judge({ works, status, head_ms: headMs }: Tested): Finding {
  if (works) {
    const finding = `the upstream takes the credential (${Math.round(headMs)} ms)`;
    return { works, finding, remedy: null };
  }
  const isCredential = status === 401 || status === 403;
  return {
    works,
    finding: `the upstream answers ${status}`,
    remedy: isCredential ? otherCredential : otherAddress,
  };
}

const otherCredential = 'filmgate upstream add  says where a fresh credential is';
const otherAddress = 'upstream.base_url in the configuration says where the upstream is';
