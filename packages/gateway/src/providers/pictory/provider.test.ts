import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Shape } from '../../domain/shape.ts';
import { pictory } from './provider.ts';

const operation = (id: string) => pictory.operations.find((one) => one.id === id)!;

describe('the vocabulary', () => {
  it('has a sentence for each scope that an operation needs, and for no other', () => {
    const needed = [...new Set(pictory.operations.map(({ scope }) => scope))].sort();
    assert.deepEqual(Object.keys(pictory.scopes).sort(), needed);
    assert.equal(needed.length, 34);
    for (const sentence of Object.values(pictory.scopes)) assert.match(sentence, /^[A-Z].{8,}\.$/);
  });

  it('has a sentence for each capability that a field needs, and for no other', () => {
    const needed = new Set<string>();
    const visit = (shape: Shape): void => {
      if (shape.capability !== undefined) needed.add(shape.capability);
      for (const inner of Object.values(shape.properties ?? {})) visit(inner);
      for (const inner of shape.anyOf ?? []) visit(inner);
      if (shape.items) visit(shape.items);
    };
    for (const shape of Object.values(pictory.shapes)) visit(shape);
    assert.deepEqual(Object.keys(pictory.capabilities).sort(), [...needed].sort());
  });

  it('has presets of known scopes and capabilities', () => {
    assert.deepEqual(Object.keys(pictory.presets), ['read-only', 'create-and-read', 'full']);
    for (const { scopes, capabilities } of Object.values(pictory.presets)) {
      for (const scope of scopes) assert.ok(Object.hasOwn(pictory.scopes, scope), scope);
      for (const one of capabilities) assert.ok(Object.hasOwn(pictory.capabilities, one), one);
    }
  });

  it('reads nothing account-wide and writes nothing with the preset read-only', () => {
    const { scopes, capabilities } = pictory.presets['read-only']!;
    assert.deepEqual(capabilities, []);
    for (const one of pictory.operations.filter(({ scope }) => scopes.includes(scope))) {
      assert.equal(one.cost, 'free-read', one.id);
      assert.ok(!one.accountWide || one.lists !== null, one.id);
    }
  });

  it('spends no credits, deletes nothing and manages no connection with create-and-read', () => {
    const { scopes } = pictory.presets['create-and-read']!;
    for (const one of pictory.operations.filter(({ scope }) => scopes.includes(scope))) {
      assert.ok(!one.destructive && one.cost !== 'ai-credits', one.id);
      assert.ok(!one.path.includes('connections'), one.id);
    }
  });

  it('grants everything with full, except the call that the gateway answers itself', () => {
    const { scopes, capabilities } = pictory.presets['full']!;
    assert.equal(scopes.length, 33);
    assert.ok(!scopes.includes('tokens:issue'));
    assert.deepEqual(capabilities, Object.keys(pictory.capabilities));
  });
});

describe('the token call', () => {
  const call = pictory.tokenCall!;

  it('is one of the operations', () => assert.ok(operation(call.operationId)));

  it('reads client id and secret, and nothing else', () => {
    const good = { client_id: 'a', client_secret: 'b' };
    assert.deepEqual(call.read(good), { clientId: 'a', clientSecret: 'b' });
    for (const body of [
      {},
      { client_id: 'a' },
      { client_id: 1, client_secret: 'b' },
      [],
      'a',
      null,
      [good],
    ]) {
      assert.equal(call.read(body), null, JSON.stringify(body));
    }
  });

  it('replies in the documented form', () => {
    assert.deepEqual(call.reply('t', 3600), {
      access_token: 't',
      expires_in: 3600,
      token_type: 'Bearer',
    });
  });

  it('refuses with code and message', () => {
    const { status, body } = call.refused();
    assert.equal(status, 401);
    assert.deepEqual(Object.keys(JSON.parse(body)), ['code', 'message']);
  });
});

describe('an unknown resource', () => {
  it('is said as the service says it', () => {
    const { status, body } = pictory.unknownResource('job', 'j1');
    assert.equal(status, 404);
    const job = JSON.parse(body);
    assert.deepEqual(job, {
      success: false,
      data: { error_code: '5000', error_message: 'JOB_NOT_FOUND' },
    });
    const other = pictory.unknownResource('aws-connection', 'c1');
    assert.equal(other.status, 404);
    assert.deepEqual(JSON.parse(other.body), {
      code: 'NOT_FOUND',
      message: 'The aws connection was not found',
    });
  });

  it('does not tell the id', () => {
    for (const kind of ['job', 'project', 'template']) {
      assert.ok(!pictory.unknownResource(kind, 'id-1').body.includes('id-1'));
    }
  });
});

describe('the state of a job', () => {
  const { state, parameter, operationId } = pictory.jobCall!;
  const rows = [
    [{ success: true, data: { status: 'in-progress', renderProgress: 5 } }, 'in-progress', false],
    [{ success: true, data: { status: 'completed', videoURL: 'x' } }, 'completed', true],
    [{ success: false, data: { status: 'failed', error_code: 'X' } }, 'failed', true],
    [{ success: true, data: { status: 'cleaned' } }, 'cleaned', true],
    [{ success: true, data: { status: 'queued' } }, 'queued', false],
    [{ success: true, data: { transcript: [] } }, 'completed', true],
    [{ success: true, data: { url: 'https://a' } }, 'completed', true],
    [{ success: true, data: { error_code: '5000' } }, 'failed', true],
    [{ success: false, data: {} }, 'failed', true],
    [{ success: true, data: {} }, 'in-progress', false],
    [{ success: true, data: { status: '' } }, 'in-progress', false],
    [{ success: true }, 'in-progress', false],
    [[], 'in-progress', false],
    [null, 'in-progress', false],
    ['completed', 'in-progress', false],
  ] as const;
  for (const [reply, word, finished] of rows) {
    it(`${JSON.stringify(reply)} is ${word}`, () =>
      assert.deepEqual(state(reply), { word, finished }));
  }

  it('is read by the operation that has its id in the path', () => {
    assert.deepEqual(
      operation(operationId).pathParameters.map(({ name }) => name),
      [parameter],
    );
  });
});

describe('a refusal with a good status', () => {
  it('says success: false', () => {
    assert.equal(pictory.isRefusal({ success: false }), true);
    for (const reply of [{ success: true }, {}, { success: 'false' }, [], null, false]) {
      assert.equal(pictory.isRefusal(reply), false, JSON.stringify(reply));
    }
  });
});

describe('the credential', () => {
  const { isApiKey, authorization, exchange } = pictory.credentials;

  it('is a key by its prefix', () => {
    assert.ok(isApiKey('pictai_0123456789abcdef'));
    for (const text of [
      '',
      'pictai_',
      'pictai_short',
      'Pictai_0123456789',
      ' pictai_0123456789',
      'pictai_01234567 9',
      'fg_live_0123456789',
    ]) {
      assert.ok(!isApiKey(text), text);
    }
  });

  it('is sent bare', () => assert.equal(authorization('pictai_x'), 'pictai_x'));

  it('may be exchanged for a token', () => {
    assert.equal(exchange.path, operation('issueToken').path);
    assert.deepEqual(exchange.body('a', 'b'), { client_id: 'a', client_secret: 'b' });
    const reply = { access_token: 't', expires_in: 3600, token_type: 'Bearer' };
    assert.deepEqual(exchange.read(reply), { token: 't', expiresInSeconds: 3600 });
    const broken = [
      {},
      { ...reply, access_token: '' },
      { ...reply, access_token: 1 },
      { ...reply, expires_in: 0 },
      { ...reply, expires_in: '3600' },
      [],
      null,
    ];
    for (const one of broken) assert.equal(exchange.read(one), null, JSON.stringify(one));
  });

  it('is tried with a call that reads and spends nothing', () => {
    const { method, cost } = operation(pictory.probeOperationId);
    assert.deepEqual([method, cost], ['GET', 'free-read']);
  });
});

describe('the label of a caller', () => {
  it("is the client's id", () => {
    assert.deepEqual(pictory.clientHeaders('cl_1'), [['x-pictory-user-id', 'cl_1']]);
    assert.deepEqual(pictory.requestHeaders, []);
  });
});
