import type { ResourceKind } from '../../domain/operation.ts';
import type { Json } from '../../domain/shape.ts';
import type { JobState, Provider } from '../provider.ts';
import { operations, shapes } from './catalogue.generated.ts';
import { capabilities, prefix, presets, scopes } from './vocabulary.ts';

/** The Pictory video API, as openapi.yaml describes it. */
export const pictory: Provider = {
  name: 'pictory',
  baseUrl: 'https://api.pictory.ai/pictoryapis',
  prefix,
  operations,
  shapes,
  scopes,
  capabilities,
  presets,
  unknownResource,
  tokenCall: {
    operationId: 'issueToken',
    read: readTokenRequest,
    reply: (token, expiresInSeconds) => ({
      access_token: token,
      expires_in: expiresInSeconds,
      token_type: 'Bearer',
    }),
    refused: () => ({
      status: 401,
      body: JSON.stringify({ code: 'UNAUTHORIZED', message: 'Invalid client id or client secret' }),
    }),
  },
  jobCall: {
    operationId: 'getJob',
    kind: 'job',
    parameter: 'jobid',
    state: readJobState,
    yields: [
      { kind: 'project', pointers: ['/data/projectId'] },
      { kind: 'ai-asset', pointers: ['/data/url'] },
    ],
  },
  addressKind: 'upload',
  isRefusal: (reply) => memberOf(reply, 'success') === false,
  clientHeaders: (clientId) => [['x-pictory-user-id', clientId]],
  requestHeaders: [],
  credentials: {
    isApiKey: (text) => /^pictai_[A-Za-z0-9_.-]{8,512}$/.test(text),
    authorization: (keyOrToken) => keyOrToken,
    exchange: {
      path: '/v1/oauth2/token',
      body: (clientId, clientSecret) => ({ client_id: clientId, client_secret: clientSecret }),
      read: readTokenReply,
    },
  },
  probeOperationId: 'getQuota',
};

/** Pictory says of an unknown job `5000`; clients tell it by that. The status of such a reply is not settled: 404 here. */
function unknownResource(kind: ResourceKind): { readonly status: number; readonly body: string } {
  const body =
    kind === 'job'
      ? { success: false, data: { error_code: '5000', error_message: 'JOB_NOT_FOUND' } }
      : { code: 'NOT_FOUND', message: `The ${kind.replace('-', ' ')} was not found` };
  return { status: 404, body: JSON.stringify(body) };
}

function readTokenRequest(body: Json): { clientId: string; clientSecret: string } | null {
  const clientId = memberOf(body, 'client_id');
  const clientSecret = memberOf(body, 'client_secret');
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string') return null;
  return { clientId, clientSecret };
}

function readTokenReply(reply: Json): { token: string; expiresInSeconds: number } | null {
  const token = memberOf(reply, 'access_token');
  const expiresInSeconds = memberOf(reply, 'expires_in');
  if (typeof token !== 'string' || token === '') return null;
  if (typeof expiresInSeconds !== 'number' || !(expiresInSeconds > 0)) return null;
  return { token, expiresInSeconds };
}

const finishedWords: ReadonlySet<string> = new Set(['completed', 'failed', 'cleaned']);

/**
 * The state is `data.status`, except that a finished transcription may lack it and is known by its transcript, and that
 * a failed job may tell nothing but its error. A word that is not known is not an end: the client polls on.
 */
function readJobState(reply: Json): JobState {
  const data = memberOf(reply, 'data') ?? null;
  const word = memberOf(data, 'status');
  if (typeof word === 'string' && word !== '') return { word, finished: finishedWords.has(word) };
  if (memberOf(data, 'error_code') !== undefined || memberOf(reply, 'success') === false) {
    return { word: 'failed', finished: true };
  }
  const isDone = memberOf(data, 'transcript') !== undefined || memberOf(data, 'url') !== undefined;
  return isDone ? { word: 'completed', finished: true } : { word: 'in-progress', finished: false };
}

function memberOf(value: Json, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, Json>>)[name] : undefined;
}
