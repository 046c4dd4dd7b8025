import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { pictory } from '../packages/gateway/src/providers/pictory/provider.ts';
import { createBelongings, call, type Belongings } from './isolation/belongings.ts';
import { validInput } from './isolation/inputs.ts';
import { makeClient, makeKey, type TestClient } from './process/clients.ts';
import { offline } from './process/ground.ts';
import { openStage, type Stage } from './process/stage.ts';

const { operations, tokenCall, scopes } = pictory;
const forwarded = operations.filter(({ id }) => id !== tokenCall!.operationId);

/** What a caller may say about itself, in every spelling that a proxy ever took for its own. */
const identityHeaders: Readonly<Record<string, string>> = {
  'X-Pictory-User-Id': 'somebody-else',
  X_Pictory_User_Id: 'somebody-else',
  'x.pictory.user.id': 'somebody-else',
  'X-PICTORY-CUSTOMER-ID': 'somebody-else',
  'X-Forwarded-For': '203.0.113.9',
  X_Forwarded_For: '203.0.113.9',
  'X-Forwarded-User': 'somebody-else',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Prefix': '/evil',
  'X-Real-IP': '203.0.113.9',
  Forwarded: 'for=203.0.113.9',
  'X-Auth-User': 'somebody-else',
  'X-Authenticated-User': 'somebody-else',
  'X-API-Key': 'pictai_of_somebody_else',
  'Proxy-Authorization': 'Basic c29tZWJvZHk6ZWxzZQ==',
  Cookie: 'session=somebody-else',
  Via: '1.1 evil.example',
  Connection: 'keep-alive, X-Pictory-User-Id, Authorization',
  'User-Agent': 'Python-urllib/3.12',
};

/** All that may arrive upstream. */
const upstreamHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'authorization',
  'user-agent',
  'x-pictory-user-id',
  'content-type',
  'content-length',
]);

describe('an operation', () => {
  let stage: Stage;
  let client: TestClient;
  let own: Belongings;
  const keysWithout = new Map<string, string>();
  const keysWith = new Map<string, string>();
  before(async () => {
    stage = await openStage({ config: offline, speed: 1 });
    stage.sandbox.fault({ kind: 'drop-webhook', times: 'unlimited' });
    client = await makeClient(stage, 'owner');
    own = createBelongings(stage, client);
    const granted = Object.keys(scopes).filter((scope) => scope !== 'tokens:issue');
    for (const scope of granted) {
      const others = granted.filter((other) => other !== scope);
      const narrowed = async (to: readonly string[]) =>
        (await makeKey(stage.admin, client.id, { scopes: to })).key;
      keysWithout.set(scope, await narrowed(others));
      keysWith.set(scope, await narrowed([scope]));
    }
  });
  after(() => stage.dispose());

  for (const operation of forwarded) {
    const { id, method, scope } = operation;
    it(`${id} needs ${scope} and no more, and arrives once as the gateway's own call`, async () => {
      const { path, body } = await validInput(operation, own);
      stage.sandbox.clearRequests();

      const refused = await call(stage, keysWithout.get(scope)!, method, path, { body });
      assert.equal(refused.status, 403, refused.text);
      const problem = refused.json as { code: string; scope: string };
      assert.equal(problem.code, 'insufficient_scope');
      assert.equal(problem.scope, scope);
      assert.match(String(refused.headers['www-authenticate']), new RegExp(`scope="${scope}"`));
      assert.deepEqual(stage.sandbox.requests(), []);

      const headers = identityHeaders;
      const taken = await call(stage, keysWith.get(scope)!, method, path, { body, headers });
      assert.ok(taken.status >= 200 && taken.status < 300, `${taken.status} ${taken.text}`);
      assert.equal(stage.sandbox.requests().length, 1);
      const [request] = stage.sandbox.requests();
      assert.equal(request!.operation, id);
      const sent = new Map(request!.headers.map(([name, value]) => [name.toLowerCase(), value]));
      assert.equal(sent.size, request!.headers.length, 'a header came twice');
      assert.deepEqual(
        [...sent.keys()].filter((name) => !upstreamHeaders.has(name)),
        [],
      );
      assert.equal(sent.get('authorization'), stage.sandbox.apiKey);
      assert.equal(sent.get('x-pictory-user-id'), client.id);
      assert.match(sent.get('user-agent')!, /^Mozilla\/5\.0 \(compatible; Filmgate\//);
    });
  }

  it('that gives tokens is answered by the gateway and never sent on', async () => {
    stage.sandbox.clearRequests();
    const { path, method } = operations.find(({ id }) => id === tokenCall!.operationId)!;
    const body = { client_id: client.id, client_secret: client.key };
    const { status } = await call(stage, client.key, method, path, { body });
    assert.equal(status, 200);
    assert.deepEqual(stage.sandbox.requests(), []);
  });

  it('is one of 60', () => assert.equal(forwarded.length + 1, 60));
});

describe('what is not listed', () => {
  let stage: Stage;
  let client: TestClient;
  before(async () => {
    stage = await openStage();
    client = await makeClient(stage, 'owner');
  });
  beforeEach(() => stage.sandbox.clearRequests());
  after(() => stage.dispose());

  const check = async (method: string, path: string, status: number, code: string) => {
    const reply = await stage.edge.send(method, stage.origin + path, {
      headers: { authorization: client.key, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: '{}' }),
    });
    assert.equal(reply.status, status, `${method} ${path}: ${reply.text}`);
    assert.equal((reply.json as { code: string }).code, code, `${method} ${path}`);
  };

  it('is 404 for each other method of each path, and nothing is sent on', async () => {
    let cases = 0;
    const methodsOf = Map.groupBy(operations, ({ path }) => path);
    for (const [path, known] of methodsOf) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const) {
        if (known.some((operation) => operation.method === method)) continue;
        await check(
          method,
          `/pictoryapis${path.replace(/\{[^}]+\}/, 'id')}`,
          404,
          'operation_unknown',
        );
        cases += 1;
      }
    }
    assert.equal(cases, methodsOf.size * 5 - 60);
    assert.ok(cases >= 170, `${cases} cases`);
    assert.deepEqual(stage.sandbox.requests(), []);
  });

  it('is 404 for every other path, and nothing is sent on', async () => {
    const paths = [
      '/',
      '/pictoryapis',
      '/v1/jobs',
      '/pictoryapis/v1',
      '/pictoryapis/v3/jobs',
      '/pictoryapis/V1/jobs',
      '/PictoryAPIs/v1/jobs',
      '/pictoryapis/v1/project',
      '/pictoryapis/v1/jobs/id/clean/more',
      '/pictoryapis/v1/jobs/id/Clean',
      '/pictoryapis/v1/video/storyboard/id',
      '/pictoryapis/v1/media/generateurls',
      '/pictoryapis/v1/Media/generateurl',
      '/pictoryapis/pictoryapis/v1/jobs',
      '/v1/requests',
      '/v1/clients',
      '/livez',
      '/readyz',
      '/metrics',
      '/.well-known/openid-configuration',
    ];
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        await check(method, path, 404, 'operation_unknown');
      }
    }
    await check('POST', '/pictoryapis/v1/video/render/id', 404, 'operation_unknown');
    assert.deepEqual(stage.sandbox.requests(), []);
  });
});
