import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { isDenial } from '../domain/denial.ts';
import type { Reference } from './schema/inspect.ts';
import { client, openResources, resource } from '../jobs/jobs.fixture.ts';
import { echo, echoOperation } from '../providers/echo.fixture.ts';
import type { Principal } from './authenticate.ts';
import { ownership } from './ownership.ts';

interface Sent {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: readonly (readonly [string, string])[];
  readonly references?: readonly Partial<Reference>[];
  readonly addresses?: readonly string[];
}

const factsOf = (operationId: string, sent: Sent) => ({
  operation: echoOperation(operationId),
  parameters: sent.parameters ?? {},
  query: sent.query ?? [],
  principal: { client: client('cl_one') } as Principal,
  input: {
    addresses: (sent.addresses ?? []).map((text) => ({ pointer: '/link', text })),
    references: (sent.references ?? []).map((one) =>
      Object.assign({ member: 'parent', described: true, pointer: '/parent', text: 'n1' }, one),
    ),
    proven: () => new Set<string>(),
  },
});

async function setUp(context: TestContext) {
  const resources = await openResources(context);
  const rows = [
    resource('note', 'mine', 'cl_one'),
    resource('note', 'also-mine', 'cl_one'),
    resource('note', 'theirs', 'cl_two'),
    resource('file', 'https://files.example.com/mine.mp4', 'cl_one'),
    resource('file', 'https://files.example.com/theirs.mp4', 'cl_two'),
  ];
  await resources.record(rows);
  const asked: string[] = [];
  const find: typeof resources.find = (kind, id) => (asked.push(id), resources.find(kind, id));
  const guard = ownership(echo, { find });
  const check = async (operationId: string, sent: Sent) => guard.check(factsOf(operationId, sent));
  const verdict = async (operationId: string, sent: Sent): Promise<string> => {
    const outcome = await check(operationId, sent);
    return isDenial(outcome) ? outcome.code : outcome.owned.map(({ id }) => id).join();
  };
  return { guard, check, verdict, asked };
}

describe('an id in the path', () => {
  it("must be the caller's", async (t) => {
    const { verdict } = await setUp(t);
    assert.equal(await verdict('readNote', { parameters: { note: 'mine' } }), 'mine');
    assert.equal(await verdict('readNote', { parameters: { note: 'theirs' } }), 'resource_unknown');
    assert.equal(
      await verdict('readNote', { parameters: { note: 'nobodys' } }),
      'resource_unknown',
    );
    assert.equal(await verdict('readNote', {}), 'resource_unknown');
  });

  it("gets the provider's own words when it is not, the same for unknown and foreign ones", async (t) => {
    const { check } = await setUp(t);
    const shown = async (note: string) => {
      const outcome = await check('readNote', { parameters: { note } });
      assert.ok(isDenial(outcome));
      const { detail, ...rest } = outcome;
      return { rest, reason: detail!.reason };
    };
    const [foreign, unknown] = [await shown('theirs'), await shown('nobodys')];
    assert.deepEqual(foreign.rest, unknown.rest);
    assert.deepEqual(foreign.rest.providerReply, { status: 410, body: '{"gone":"note"}' });
    assert.equal(foreign.rest.pointer, 'path:note');
    assert.equal(foreign.reason, 'the note belongs to another client');
    assert.equal(unknown.reason, 'the note belongs to no client');
  });

  it('of no possible form is unknown without asking the store', async (t) => {
    const { verdict, asked } = await setUp(t);
    for (const note of ['a\u0000b', 'a\nb', 'x'.repeat(2_049), '', '\ud800']) {
      assert.equal(await verdict('readNote', { parameters: { note } }), 'resource_unknown');
    }
    assert.deepEqual(asked, []);
  });

  it('is compared exactly', async (t) => {
    const { verdict } = await setUp(t);
    for (const note of ['MINE', 'mine ', 'min', 'mine%', '%']) {
      assert.equal(await verdict('readNote', { parameters: { note } }), 'resource_unknown', note);
    }
  });
});

describe('an id in the query', () => {
  it("must be the caller's, where it is given", async (t) => {
    const { verdict } = await setUp(t);
    const parameters = { note: 'mine' };
    const copyFrom = (id: string) => ({ parameters, query: [['copyFrom', id]] as const });
    assert.equal(await verdict('annotate', { parameters }), 'mine');
    assert.equal(await verdict('annotate', copyFrom('also-mine')), 'mine,also-mine');
    assert.equal(await verdict('annotate', copyFrom('theirs')), 'resource_unknown');
    assert.equal(await verdict('annotate', { parameters, query: [['other', 'theirs']] }), 'mine');
  });
});

describe('an id in the body', () => {
  it("must be the caller's where the description names it", async (t) => {
    const { verdict } = await setUp(t);
    const body = (text: string) => ({ references: [{ text }] });
    assert.equal(await verdict('createNote', body('mine')), 'mine');
    assert.equal(await verdict('createNote', body('theirs')), 'resource_unknown');
    assert.equal(await verdict('createNote', body('nobodys')), 'resource_unknown');
  });

  it("must not be another client's where the form is open", async (t) => {
    const { verdict } = await setUp(t);
    const body = (text: string) => ({ references: [{ text, described: false }] });
    assert.equal(await verdict('createNote', body('mine')), 'mine');
    assert.equal(await verdict('createNote', body('theirs')), 'resource_unknown');
    assert.equal(await verdict('createNote', body('nobodys')), '');
  });

  it("that may be a shared thing must only not be another client's", async (t) => {
    const { guard } = await setUp(t);
    const operation = {
      ...echoOperation('createNote'),
      ids: [{ kind: 'note', in: 'body', at: 'parent', required: false }] as const,
    };
    const verdict = async (text: string) => {
      const facts = { ...factsOf('createNote', { references: [{ text }] }), operation };
      return isDenial(await guard.check(facts));
    };
    assert.deepEqual([await verdict('nobodys'), await verdict('theirs')], [false, true]);
  });

  it('is judged by its strictest mention', async (t) => {
    const { verdict, asked } = await setUp(t);
    const references = [
      { text: 'nobodys', described: false },
      { text: 'nobodys', described: true },
      { text: 'nobodys', described: false },
    ];
    assert.equal(await verdict('createNote', { references }), 'resource_unknown');
    assert.deepEqual(asked, ['nobodys']);
  });

  it('of another member is not looked at', async (t) => {
    const { verdict } = await setUp(t);
    assert.equal(
      await verdict('createNote', { references: [{ member: 'other', text: 'theirs' }] }),
      '',
    );
  });

  it('is one of a bounded number', async (t) => {
    const { verdict, asked } = await setUp(t);
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ text: `n${index}`, described: false }));
    assert.equal(await verdict('createNote', { references: many(5_001) }), 'field_invalid');
    assert.equal(asked.length, 0);
    assert.equal(await verdict('createNote', { references: many(5_000) }), '');
  });
});

describe('an address in the body', () => {
  it("must not be another client's upload, however it is spelt", async (t) => {
    const { verdict } = await setUp(t);
    for (const text of [
      'https://files.example.com/theirs.mp4',
      'https://FILES.example.com:443/thei%72s.mp4?x=1#y',
      'https://files.example.com/a/../theirs.mp4',
    ]) {
      assert.equal(await verdict('createNote', { addresses: [text] }), 'resource_unknown', text);
    }
  });

  it("may be the caller's upload or nobody's", async (t) => {
    const { verdict } = await setUp(t);
    const mine = 'https://files.example.com/mine.mp4';
    assert.equal(await verdict('createNote', { addresses: [mine] }), mine);
    assert.equal(
      await verdict('createNote', { addresses: ['https://other.example/x', 'no address'] }),
      '',
    );
  });

  it('is not looked at where the provider has no such resources', async (t) => {
    const { check } = await setUp(t);
    const resources = await openResources(t);
    await resources.record([resource('file', 'https://files.example.com/theirs.mp4', 'cl_two')]);
    const guard = ownership({ ...echo, addressKind: null }, resources);
    const facts = factsOf('createNote', { addresses: ['https://files.example.com/theirs.mp4'] });
    assert.deepEqual(await guard.check(facts), { owned: [] });
    assert.ok(
      isDenial(await check('createNote', { addresses: ['https://files.example.com/theirs.mp4'] })),
    );
  });
});

describe('a request that names nothing', () => {
  it('passes without asking the store', async (t) => {
    const { check, asked } = await setUp(t);
    assert.deepEqual(await check('listNotes', {}), { owned: [] });
    assert.deepEqual(asked, []);
  });
});

describe('the guard when it is off', () => {
  it('owns nothing', async (t) => {
    const { guard } = await setUp(t);
    assert.deepEqual(guard.otherwise!(factsOf('readNote', {})), { owned: [] });
  });
});
