import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { send } from '../faults/send.ts';
import { readBody } from '../http/body.ts';
import { placeOf, type Call } from '../http/call.ts';
import { file, invalidBody, json, notFound, type Reply } from '../http/reply.ts';
import type { Sandbox } from '../sandbox.ts';
import { overview } from './overview.ts';
import { controlRoutes } from './routes.ts';

/** Answers one request of the control API. */
export async function answerControl(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { bytes } = await readBody(request);
  const { method = '', url: target = '', headers } = request;
  const call = { method, ...placeOf(target), headers, body: bytes };
  send(response, fromBrowserElsewhere(call) ? refused : answer(call, sandbox));
}

const refused = json(403, { code: 'FORBIDDEN', message: 'Pages of other origins may not steer.' });

/** The control API has no credential, so a page that the tester happens to visit must not reach it. */
function fromBrowserElsewhere({ headers }: Call): boolean {
  if (headers.origin !== undefined) return true;
  if (!isLocalName(headers.host ?? '')) return true;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'none' && site !== 'same-origin';
}

/** A name that a hostile page could have made point here is refused: addresses and localhost only. */
function isLocalName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || isIP(name) !== 0;
}

function answer(call: Call, sandbox: Sandbox): Reply {
  if (call.method === 'GET' && call.path === '/')
    return file('text/html; charset=utf-8', overview(sandbox));
  const body = call.body.length > 0 ? parse(call.body) : undefined;
  if (body === broken) return invalidBody([{ name: 'body', errors: ['must be JSON'] }]);
  for (const [method, path, handle] of controlRoutes) {
    const id = method === call.method ? match(path, call.path) : undefined;
    if (id !== undefined) return handle({ sandbox, id, body });
  }
  return notFound('The control call');
}

/** The id in the place of `*`, an empty text when the pattern has none, nothing when it does not match. */
function match(pattern: string, path: string): string | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  if (!wanted.every((part, index) => part === '*' || part === given[index])) return undefined;
  return given[wanted.indexOf('*')] ?? '';
}

const broken = Symbol('not JSON');

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return broken;
  }
}
