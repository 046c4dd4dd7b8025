import { tokenLifetimeSeconds } from '../account/credentials.ts';
import { json, ok } from '../http/reply.ts';
import { object, text } from '../input/shape.ts';
import { operationWithBody, type Operation } from './operation.ts';

const credentials = object({ required: { client_id: text(), client_secret: text() } });

export const tokenOperations: readonly Operation[] = [
  operationWithBody(credentials, {
    id: 'issueToken',
    method: 'POST',
    path: '/v1/oauth2/token',
    open: true,
    handle({ input, account }) {
      const token = account.credentials.exchange(input.client_id, input.client_secret);
      if (!token) return json(401, { code: 'INVALID_CLIENT', message: 'Unauthorized' });
      return ok({ access_token: token, expires_in: tokenLifetimeSeconds, token_type: 'Bearer' });
    },
  }),
];
