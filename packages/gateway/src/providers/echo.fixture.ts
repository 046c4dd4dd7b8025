import { plainOperation } from '../domain/operation.fixture.ts';
import type { Operation } from '../domain/operation.ts';
import type { Json } from '../domain/shape.ts';
import type { Provider } from './provider.ts';

const noteId = {
  name: 'note',
  required: true,
  shape: { types: ['string'], lengthMax: 64 },
} as const;
const namedNote = { kind: 'note', in: 'path', at: 'note', required: true } as const;

/** An imaginary service that keeps notes: shows that the core knows nothing of any particular provider. */
export const echo: Provider = {
  name: 'echo',
  baseUrl: 'https://echo.example',
  prefix: '/echo',
  operations: [
    {
      ...plainOperation,
      id: 'createNote',
      method: 'POST',
      path: '/notes',
      summary: 'Create a note',
      scope: 'notes:write',
      cost: 'video-minutes',
      body: { mediaType: 'application/json', required: true, shape: { ref: 'Note' } },
      ids: [{ kind: 'note', in: 'body', at: 'parent', required: true }],
      creates: [{ kind: 'note', pointers: ['/note/id', '/id'] }],
    },
    {
      ...plainOperation,
      id: 'listNotes',
      method: 'GET',
      path: '/notes',
      summary: 'List notes',
      scope: 'notes:read',
      accountWide: true,
      query: [
        { name: 'after', required: false, shape: { types: ['string'] } },
        { name: 'limit', required: false, shape: { types: ['integer'], min: 1, max: 50 } },
      ],
      lists: {
        items: 'notes',
        owned: [
          { kind: 'note', pointers: ['/id'] },
          { kind: 'file', pointers: ['/file'] },
        ],
        page: { member: 'next', parameter: 'after' },
      },
    },
    {
      ...plainOperation,
      id: 'readNote',
      method: 'GET',
      path: '/notes/{note}',
      summary: 'Read a note',
      scope: 'notes:read',
      pathParameters: [noteId],
      ids: [namedNote],
    },
    {
      ...plainOperation,
      id: 'deleteNote',
      method: 'DELETE',
      path: '/notes/{note}',
      summary: 'Delete a note',
      scope: 'notes:write',
      cost: 'free-write',
      destructive: true,
      pathParameters: [noteId],
      ids: [namedNote],
      deletes: 'note',
    },
    {
      ...plainOperation,
      id: 'uploadFile',
      method: 'POST',
      path: '/files',
      summary: 'Upload a file',
      scope: 'notes:write',
      cost: 'free-write',
      body: { mediaType: 'application/octet-stream', required: true, shape: null },
      creates: [{ kind: 'file', pointers: ['/file'] }],
    },
    {
      ...plainOperation,
      id: 'annotate',
      method: 'PUT',
      path: '/notes/{note}/tags',
      summary: 'Tag a note',
      scope: 'notes:write',
      cost: 'free-write',
      pathParameters: [noteId],
      body: { mediaType: 'application/json', required: false, shape: { ref: 'Tags' } },
      ids: [namedNote, { kind: 'note', in: 'query', at: 'copyFrom', required: true }],
      query: [{ name: 'copyFrom', required: false, shape: { types: ['string'] } }],
    },
  ],
  shapes: {
    Note: {
      types: ['object'],
      required: ['title'],
      additional: false,
      properties: {
        title: { types: ['string'], lengthMin: 1, lengthMax: 40 },
        parent: { types: ['string', 'integer'] },
        colour: { enum: ['red', 'green'], types: ['string'] },
        weight: { types: ['number'], min: 0, max: 1 },
        count: { types: ['integer'] },
        pinned: { types: ['boolean'], capability: 'pin' },
        link: { types: ['string'], fetched: 'always', capability: 'remote-urls' },
        sourceUrl: { types: ['string'], fetched: 'perhaps' },
        voice: {
          anyOf: [
            { types: ['integer'], capability: 'voice' },
            { types: ['string'], lengthMax: 10 },
          ],
        },
        replies: { types: ['array'], items: { ref: 'Note' }, itemsMin: 1, itemsMax: 3 },
        extra: { types: ['object'] },
        echoed: { types: ['object'], inert: true },
        anything: {},
      },
    },
    Tags: {
      types: ['object'],
      properties: {
        tags: { types: ['array'], items: { types: ['string'], pattern: '^[a-z]{1,8}$' } },
      },
      additional: { types: ['boolean'] },
    },
  },
  scopes: { 'notes:read': 'Read notes.', 'notes:write': 'Write notes.' },
  capabilities: {
    pin: 'Pin a note.',
    voice: 'Use a numbered voice.',
    'remote-urls': 'Name addresses to fetch.',
  },
  presets: { all: { scopes: ['notes:read', 'notes:write'], capabilities: [] } },
  unknownResource: (kind) => ({ status: 410, body: JSON.stringify({ gone: kind }) }),
  tokenCall: null,
  jobCall: {
    operationId: 'readNote',
    kind: 'note',
    parameter: 'note',
    state: (reply) => {
      const word = String((reply as { state?: Json } | null)?.state ?? 'open');
      return { word, finished: word === 'done' };
    },
    yields: [{ kind: 'file', pointers: ['/file'] }],
  },
  addressKind: 'file',
  isRefusal: (reply) => (reply as { refused?: Json } | null)?.refused === true,
  clientHeaders: () => [],
  requestHeaders: [],
  credentials: {
    isApiKey: (text) => text.startsWith('echo_'),
    authorization: (key) => `Echo ${key}`,
    exchange: { path: '/token', body: (id, secret) => ({ id, secret }), read: () => null },
  },
  probeOperationId: 'listNotes',
};

/** @throws TypeError for an id that the provider does not have */
export function echoOperation(id: string): Operation {
  const operation = echo.operations.find((one) => one.id === id);
  if (!operation) throw new TypeError(`there is no operation ${id}`);
  return operation;
}
