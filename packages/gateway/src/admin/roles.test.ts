import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBench, type Bench, type Parsed } from './admin.fixture.ts';
import { covers, may, permissionNames, permissions, roleNames, type Permission } from './roles.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly permission: Permission | undefined;
  readonly body: Parsed;
}

async function operationsOf(bench: Bench): Promise<{ operations: Operation[]; document: Parsed }> {
  const { body: document } = await bench.call('GET', '/openapi.json');
  const operations = Object.entries<Parsed>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Parsed>(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      permission: operation['x-permission'],
      body: operation.requestBody,
    })),
  );
  return { operations, document };
}

test('every route names a permission of the table, but the probes and the bootstrap', async (t) => {
  const { operations } = await operationsOf(await createBench(t));
  const open = operations.filter(({ permission }) => permission === undefined);
  assert.deepEqual(
    open.map(({ method, path }) => `${method} ${path}`),
    ['POST /v1/bootstrap', 'GET /livez', 'GET /readyz'],
  );
  const used = new Set(operations.flatMap(({ permission }) => permission ?? []));
  assert.deepEqual([...used].toSorted(), permissionNames.toSorted());
  assert.ok(operations.length >= 35, `only ${operations.length} operations were walked`);
});

test('each role can call exactly the routes whose permission it has', async (t) => {
  const bench = await createBench(t);
  const { operations } = await operationsOf(bench);
  let cases = 0;
  for (const { method, path, permission } of operations) {
    if (permission === undefined || path === '/v1/requests/tail') continue;
    for (const role of roleNames) {
      const token = bench.tokens[role];
      // An unknown member makes the request stop behind the permission, so that nothing changes.
      const { status, body } = await bench.call(method, `${path.replace('{id}', 'none')}?zzz=1`, {
        token,
      });
      if (may(role, permission)) assert.equal(body.code, 'parameter_unknown', `${role} ${path}`);
      else {
        assert.equal(status, 403, `${role} ${method} ${path}`);
        assert.equal(body.permission, permission);
      }
      cases += 1;
    }
    const { status } = await bench.call(method, path.replace('{id}', 'none'), { token: null });
    assert.equal(status, 401, `${method} ${path} without a token`);
    cases += 1;
  }
  assert.ok(cases >= 160, `only ${cases} cases were walked`);
});

test('no body with an unknown member is ever accepted', async (t) => {
  const bench = await createBench(t);
  const { operations } = await operationsOf(bench);
  let cases = 0;
  for (const { method, path, body } of operations) {
    if (body === undefined) continue;
    for (const member of ['role', 'version', 'id', 'isAdmin', '__proto__', 'digest']) {
      const { status, body: answer } = await bench.call(method, path.replace('{id}', 'none'), {
        body: `{"${member}":1}`,
      });
      assert.equal(status, 400, `${method} ${path} with ${member}`);
      assert.match(answer.code, /^field_|^body_malformed$/);
      cases += 1;
    }
  }
  assert.ok(cases >= 90, `only ${cases} cases were walked`);
});

test('a role covers another exactly when it has all of its permissions', () => {
  for (const granter of roleNames) {
    assert.ok(covers(granter, granter));
    assert.ok(covers('owner', granter));
    for (const granted of roleNames) {
      const excess = permissionNames.filter((name) => may(granted, name) && !may(granter, name));
      assert.equal(covers(granter, granted), excess.length === 0);
      if (granter !== granted && covers(granter, granted)) assert.ok(!covers(granted, granter));
    }
  }
  assert.ok(!covers('operator', 'owner'));
});

test('only owners make and change admins', () => {
  for (const name of ['admins:create', 'admins:update'] as const) {
    assert.deepEqual(permissions[name], ['owner']);
  }
});
