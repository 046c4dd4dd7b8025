import { isoNow, type Account } from '../account/account.ts';
import type { VimeoConnection } from '../account/connections.ts';
import { invalidBody, noContent, notFound, ok } from '../http/reply.ts';
import { flag, number, object, text } from '../input/shape.ts';
import { staleVersion } from './connectionVersion.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';
import { page } from './page.ts';

const path = '/v1/vimeo-connections';
const connectionsPageSize = 50;

const name = text({ min: 1, max: 100, pattern: /^[\p{L}\p{N} _-]+$/u });
const description = text({ max: 250 });
const secret = text({ min: 1, max: 500 });

const creation = object({
  required: { name, clientIdentifier: secret, clientSecret: secret, accessToken: secret },
  optional: { description, enabled: flag },
});

const change = object({
  required: { version: number({ whole: true }) },
  optional: {
    name,
    description,
    enabled: flag,
    clientIdentifier: secret,
    clientSecret: secret,
    accessToken: secret,
  },
});

export const vimeoConnectionOperations: readonly Operation[] = [
  operationWithBody(creation, {
    id: 'createVimeoConnection',
    method: 'POST',
    path,
    handle({ input, account }) {
      if (isTaken(input.name, account)) return nameTaken;
      const now = isoNow(account);
      const connection: VimeoConnection = {
        connectionId: account.ids.uuid('vimeo connection'),
        name: input.name,
        description: input.description ?? '',
        type: 'VIMEO',
        enabled: input.enabled ?? true,
        createdDate: now,
        updatedDate: now,
        version: 1,
      };
      account.vimeoConnections.set(connection.connectionId, connection);
      return ok(connection);
    },
  }),
  operation({
    id: 'listVimeoConnections',
    method: 'GET',
    path,
    handle({ query, account }) {
      const { items, nextPageKey } = page(
        account.vimeoConnections.list(),
        ({ connectionId }) => connectionId,
        query.get('nextPageKey'),
        connectionsPageSize,
      );
      return ok({ Items: items, nextPageKey });
    },
  }),
  operation({
    id: 'getVimeoConnection',
    method: 'GET',
    path: `${path}/{connectionid}`,
    handle({ params, account }) {
      const connection = account.vimeoConnections.get(params['connectionid']!);
      return connection ? ok(connection) : notFound('The connection');
    },
  }),
  operationWithBody(change, {
    id: 'updateVimeoConnection',
    method: 'PUT',
    path: `${path}/{connectionid}`,
    handle({ params, input, account }) {
      const before = account.vimeoConnections.get(params['connectionid']!);
      if (!before) return notFound('The connection');
      if (input.version !== before.version) return staleVersion();
      if (input.name && input.name !== before.name && isTaken(input.name, account))
        return nameTaken;
      const after: VimeoConnection = {
        ...before,
        name: input.name ?? before.name,
        description: input.description ?? before.description,
        enabled: input.enabled ?? before.enabled,
        version: before.version + 1,
        updatedDate: isoNow(account),
      };
      account.vimeoConnections.set(before.connectionId, after);
      return ok(after);
    },
  }),
  operation({
    id: 'deleteVimeoConnection',
    method: 'DELETE',
    path: `${path}/{connectionid}`,
    /** Harmless when repeated. */
    handle({ params, account }) {
      account.vimeoConnections.delete(params['connectionid']!);
      return noContent();
    },
  }),
];

const nameTaken = invalidBody([{ name: 'name', errors: ['must be unique'] }]);

function isTaken(wanted: string, account: Account): boolean {
  return account.vimeoConnections.list().some((connection) => connection.name === wanted);
}
