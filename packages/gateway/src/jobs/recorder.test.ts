import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { isDenial } from '../domain/denial.ts';
import { StoreUnavailable } from '../ports/stores.ts';
import { echo, echoOperation } from '../providers/echo.fixture.ts';
import { jsonReply, openResources, resource } from './jobs.fixture.ts';
import { createRecorder, type AnsweredCall } from './recorder.ts';

const clock = { nowMs: () => 5_000, monotonicMs: () => 5_000 };

const call = (operationId: string, parameters: Record<string, string> = {}): AnsweredCall => ({
  operation: echoOperation(operationId),
  parameters,
  clientId: 'cl_one',
  requestId: 'req_1',
});

async function setUp(context: TestContext) {
  const resources = await openResources(context);
  return { resources, recorder: createRecorder({ provider: echo, resources, clock }) };
}

describe('a creation', () => {
  it('becomes the client that asked for it', async (t) => {
    const { resources, recorder } = await setUp(t);
    const created = await recorder.record(call('createNote'), jsonReply({ note: { id: 'n1' } }));
    const expected = resource('note', 'n1', 'cl_one', {
      requestId: 'req_1',
      operationId: 'createNote',
      createdAtMs: 5_000,
      updatedAtMs: 5_000,
    });
    assert.deepEqual(created, [expected]);
    assert.deepEqual(await resources.find('note', 'n1'), expected);
  });

  it('is found in every spelling of the id, each once', async (t) => {
    const { resources, recorder } = await setUp(t);
    await recorder.record(call('createNote'), jsonReply({ id: 'n1', note: { id: 'n1' } }));
    await recorder.record(call('createNote'), jsonReply({ id: 'n2', note: { id: 7 } }));
    for (const id of ['n1', 'n2', '7']) assert.ok(await resources.find('note', id), id);
  });

  it('without an id that can be kept is not usable', async (t) => {
    const { recorder } = await setUp(t);
    const bodies = [
      {},
      { id: '' },
      { id: 1.5 },
      { id: 2 ** 53 },
      { id: null },
      { id: ['n1'] },
      [],
      'n1',
      null,
    ];
    for (const body of bodies) {
      const outcome = await recorder.record(call('createNote'), jsonReply(body));
      assert.equal(isDenial(outcome) && outcome.code, 'upstream_invalid', JSON.stringify(body));
    }
    const streamed = { ...jsonReply({}), body: (async function* () {})() };
    assert.ok(isDenial(await recorder.record(call('createNote'), streamed)));
    const broken = { ...jsonReply({}), body: Buffer.from('{"id":"n1"') };
    assert.ok(isDenial(await recorder.record(call('createNote'), broken)));
  });

  it('takes no id from the prototype of an object', async (t) => {
    const { recorder } = await setUp(t);
    const odd = {
      ...echoOperation('createNote'),
      creates: [{ kind: 'note', pointers: ['/constructor/name'] }],
    };
    const outcome = await recorder.record({ ...call('createNote'), operation: odd }, jsonReply({}));
    assert.ok(isDenial(outcome));
  });

  it("that is another client's already is not usable, and stays theirs", async (t) => {
    const { resources, recorder } = await setUp(t);
    await resources.record([resource('note', 'n1', 'cl_two')]);
    const outcome = await recorder.record(call('createNote'), jsonReply({ id: 'n1' }));
    assert.equal(isDenial(outcome) && outcome.code, 'upstream_invalid');
    assert.equal((await resources.find('note', 'n1'))?.clientId, 'cl_two');
  });

  it('did not happen when the status or the reply says so', async (t) => {
    const { resources, recorder } = await setUp(t);
    for (const status of [199, 300, 400, 500]) {
      assert.deepEqual(
        await recorder.record(call('createNote'), jsonReply({ id: 'n1' }, status)),
        [],
      );
    }
    const refused = jsonReply({ refused: true, id: 'n1' });
    assert.deepEqual(await recorder.record(call('createNote'), refused), []);
    assert.equal(await resources.find('note', 'n1'), null);
  });

  it('that is known by its address is kept in the form that requests are compared with', async (t) => {
    const { resources, recorder } = await setUp(t);
    await recorder.record(
      call('uploadFile'),
      jsonReply({ file: 'https://Files.example.com:443/a%20b.mp4?x=1#y' }),
    );
    assert.ok(await resources.find('file', 'https://files.example.com/a b.mp4'));
    await recorder.record(call('uploadFile'), jsonReply({ file: 'no address' }));
    assert.ok(await resources.find('file', 'no address'));
  });

  it('that cannot be stored is not taken for done', async (t) => {
    const { resources } = await setUp(t);
    const record = () => Promise.reject(new StoreUnavailable('down'));
    const recorder = createRecorder({ provider: echo, resources: { ...resources, record }, clock });
    await assert.rejects(
      recorder.record(call('createNote'), jsonReply({ id: 'n1' })),
      StoreUnavailable,
    );
  });

  it('is nothing where the operation makes nothing', async (t) => {
    const { recorder } = await setUp(t);
    assert.deepEqual(await recorder.record(call('listNotes'), jsonReply({ id: 'n1' })), []);
  });
});

describe("a job's reply", () => {
  it('tells its state', async (t) => {
    const { resources, recorder } = await setUp(t);
    await resources.record([resource('note', 'n1', 'cl_one')]);
    assert.deepEqual(
      await recorder.record(call('readNote', { note: 'n1' }), jsonReply({ state: 'busy' })),
      [],
    );
    const row = await resources.find('note', 'n1');
    assert.deepEqual([row?.state, row?.updatedAtMs], ['busy', 5_000]);
  });

  it('gives what the job made to its owner once it is finished', async (t) => {
    const { resources, recorder } = await setUp(t);
    await resources.record([resource('note', 'n1', 'cl_one')]);
    const file = 'https://files.example.com/a.mp4';
    await recorder.record(call('readNote', { note: 'n1' }), jsonReply({ state: 'busy', file }));
    assert.equal(await resources.find('file', file), null);
    const made = await recorder.record(
      call('readNote', { note: 'n1' }),
      jsonReply({ state: 'done', file }),
    );
    assert.equal(isDenial(made), false);
    assert.equal((await resources.find('file', file))?.clientId, 'cl_one');
    assert.equal((await resources.find('note', 'n1'))?.state, 'done');
  });

  it("that gives away another client's resource is not usable", async (t) => {
    const { resources, recorder } = await setUp(t);
    await resources.record([
      resource('note', 'n1', 'cl_one'),
      resource('file', 'https://a.example/b', 'cl_two'),
    ]);
    const outcome = await recorder.record(
      call('readNote', { note: 'n1' }),
      jsonReply({ state: 'done', file: 'https://a.example/b' }),
    );
    assert.equal(isDenial(outcome) && outcome.code, 'upstream_invalid');
  });

  it('that is no JSON changes nothing', async (t) => {
    const { resources, recorder } = await setUp(t);
    await resources.record([resource('note', 'n1', 'cl_one')]);
    const reply = { ...jsonReply({}), body: Buffer.from('oops') };
    assert.deepEqual(await recorder.record(call('readNote', { note: 'n1' }), reply), []);
    assert.equal((await resources.find('note', 'n1'))?.state, null);
  });
});

describe('a deletion', () => {
  const cases = [
    ['an empty reply', { ...jsonReply({}, 204), body: Buffer.alloc(0) }, true],
    ['a reply that does not object', jsonReply({ message: 'gone' }), true],
    ['a reply that says it was refused', jsonReply({ refused: true }), false],
    ['a failure', jsonReply({}, 403), false],
    ['a reply that cannot be read', { ...jsonReply({}), body: Buffer.from('<html>') }, false],
  ] as const;
  for (const [name, reply, isGone] of cases) {
    it(`${isGone ? 'forgets' : 'keeps'} the resource after ${name}`, async (t) => {
      const { resources, recorder } = await setUp(t);
      await resources.record([resource('note', 'n1', 'cl_one')]);
      assert.deepEqual(await recorder.record(call('deleteNote', { note: 'n1' }), reply), []);
      assert.equal((await resources.find('note', 'n1')) === null, isGone);
    });
  }
});
