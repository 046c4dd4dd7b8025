import { aSubject } from '../../packages/gateway/src/credentials/subject.fixture.ts';
import type { Operation } from '../../packages/gateway/src/domain/operation.ts';
import type { Received } from '../../packages/gateway/src/domain/received.ts';
import type { Ways } from '../../packages/gateway/src/edge/ways.ts';
import { isDenial, type Denial } from '../../packages/gateway/src/domain/denial.ts';
import type { Authenticated } from '../../packages/gateway/src/guards/authenticate.ts';
import type { Granted } from '../../packages/gateway/src/guards/authorize.ts';
import { peer, type Peer } from '../../packages/gateway/src/guards/peer.ts';
import type { Admitted } from '../../packages/gateway/src/guards/rate.ts';
import type { WithContent } from '../../packages/gateway/src/guards/readBody.ts';
import type { Routed } from '../../packages/gateway/src/guards/routes.ts';
import type { WithInput } from '../../packages/gateway/src/guards/schema.ts';
import { wafBody } from '../../packages/gateway/src/guards/wafBody.ts';
import { wafHeaders } from '../../packages/gateway/src/guards/wafHeaders.ts';
import type { Guard } from '../../packages/gateway/src/pipeline/guard.ts';
import { Pipeline } from '../../packages/gateway/src/pipeline/pipeline.ts';
import { echoOperation } from '../../packages/gateway/src/providers/echo.fixture.ts';
import type { Inspected } from '../../packages/gateway/src/waf/inspected.ts';

const bodyBytesMax = 4 * 1024 * 1024;

/** The request's way of the gateway with the guards of the firewall alone: the others let everything through. */
export function openWay(): Ways {
  const entrance = Pipeline.start<Received & Inspected>()
    .through(peer([]))
    .through(anyOperation)
    .through(wafHeaders)
    .withModes({ wafHeaders: 'report' });
  const call = Pipeline.start<Received & Inspected & Peer & Routed>()
    .through(somebody)
    .through(everything)
    .through(admission)
    .through(anyBody)
    .through(nothingProven)
    .through(wafBody)
    .withModes({ wafBody: 'report' });
  return { entrance, call, token: call, wafMode: 'report' } as unknown as Ways;
}

const post: Operation = {
  ...echoOperation('createNote'),
  id: 'reflect',
  path: '/reflect',
  cost: 'free-write',
  creates: [],
  ids: [],
};
const get: Operation = { ...post, id: 'anything', method: 'GET', path: '/', body: null };

/** Only what is to be reflected goes upstream with its body. */
const anyOperation: Guard<Received, Routed> = {
  name: 'operation',
  check: ({ method, path }) => ({
    operation: (method as string) === 'POST' && path.startsWith('/reflect') ? post : get,
    parameters: {},
  }),
};

const subject = aSubject();
const verified = { subject, via: 'key' as const, secretNumber: 1, replaced: null };

const somebody: Guard<object, Authenticated> = {
  name: 'authenticate',
  check: () => ({
    principal: { client: subject.client, key: subject.record.key, via: 'key', verified },
  }),
};

const everything: Guard<object, Granted> = {
  name: 'authorize',
  check: () => ({ grant: { scopes: new Set(), capabilities: new Set(), remoteHosts: [] } }),
};

const admission: Guard<object, Admitted> = {
  name: 'rate',
  check: () => ({ admission: { leave: () => {}, headers: [] } }),
};

const anyBody: Guard<Pick<Received, 'body'>, WithContent> = {
  name: 'readBody',
  check: async ({ body }): Promise<WithContent | Denial> => {
    const bytes = await body.read(bodyBytesMax);
    return isDenial(bytes) ? bytes : { content: { bytes, json: undefined, stream: null } };
  },
};

const nothingProven: Guard<object, WithInput> = {
  name: 'schema',
  check: () => ({ input: { addresses: [], references: [], proven: () => new Set() } }),
};
