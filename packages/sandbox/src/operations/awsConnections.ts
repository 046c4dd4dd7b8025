import { isoNow } from '../account/account.ts';
import type { AwsConnection } from '../account/connections.ts';
import { noContent, notFound, ok } from '../http/reply.ts';
import { flag, number, object, text } from '../input/shape.ts';
import { staleVersion } from './connectionVersion.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';

const path = '/v1/awsconnections';

const creation = object({
  required: { name: text(), awsAccountId: text({ pattern: /^[0-9]{12}$/ }), awsRegion: text() },
  optional: { description: text(), enabled: flag },
});

const change = object({
  optional: {
    name: text(),
    description: text(),
    enabled: flag,
    version: number({ whole: true }),
  },
});

export const awsConnectionOperations: readonly Operation[] = [
  operationWithBody(creation, {
    id: 'createAwsConnection',
    method: 'POST',
    path,
    handle({ input, account }) {
      const now = isoNow(account);
      const connection: AwsConnection = {
        description: '',
        enabled: true,
        ...input,
        connectionId: account.ids.uuid('aws connection'),
        type: 'AWS',
        createdDate: now,
        updatedDate: now,
        version: 1,
      };
      account.awsConnections.set(connection.connectionId, connection);
      return ok(connection);
    },
  }),
  operation({
    id: 'listAwsConnections',
    method: 'GET',
    path,
    handle: ({ account }) => ok({ Items: account.awsConnections.list() }),
  }),
  operation({
    id: 'getAwsConnection',
    method: 'GET',
    path: `${path}/{connectionid}`,
    handle({ params, account }) {
      const connection = account.awsConnections.get(params['connectionid']!);
      return connection ? ok(connection) : notFound('The connection');
    },
  }),
  operationWithBody(change, {
    id: 'updateAwsConnection',
    method: 'PUT',
    path: `${path}/{connectionid}`,
    handle({ params, input, account }) {
      const before = account.awsConnections.get(params['connectionid']!);
      if (!before) return notFound('The connection');
      if (input.version !== undefined && input.version !== before.version) return staleVersion();
      const version = before.version + 1;
      const after = { ...before, ...input, version, updatedDate: isoNow(account) };
      account.awsConnections.set(before.connectionId, after);
      return ok(after);
    },
  }),
  operation({
    id: 'deleteAwsConnection',
    method: 'DELETE',
    path: `${path}/{connectionid}`,
    handle({ params, account }) {
      const there = account.awsConnections.delete(params['connectionid']!);
      return there ? noContent() : notFound('The connection');
    },
  }),
];
