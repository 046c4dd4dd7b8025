import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import * as fc from 'fast-check';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Json } from '../domain/shape.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import { echoOperation } from '../providers/echo.fixture.ts';
import { createCursors } from './cursors.ts';
import { jsonReply, openResources, resource } from './jobs.fixture.ts';
import { listOwn, type ListCall } from './listings.ts';

type Query = ListCall['query'];

const cursors = createCursors(randomBytes(32));
const operation = echoOperation('listNotes') as ListCall['operation'];

const note = (id: string) => ({ id, text: `text of ${id}` });

/** An upstream list in pages; a page's key is the number of the page, dressed up with somebody's id. */
const pages =
  (all: readonly (readonly Json[])[], seen: Query[] = []) =>
  async (query: Query): Promise<UpstreamReply> => {
    seen.push(query);
    const key = query.find(([name]) => name === 'after')?.[1];
    const page = key === undefined ? 0 : Number(key.split(':')[1]);
    const next = page + 1 < all.length ? `secret:${page + 1}` : null;
    return jsonReply({ notes: all[page]!, next, total: 99, extra: 'theirs' });
  };

async function setUp(
  context: TestContext,
  own: readonly string[],
  foreign: readonly string[] = [],
) {
  const resources = await openResources(context);
  await resources.record([
    ...own.map((id) => resource('note', id, 'cl_one')),
    ...foreign.map((id) => resource('note', id, 'cl_two')),
  ]);
  const list = (
    fetchPage: (query: Query) => Promise<UpstreamReply | Denial>,
    query: Query = [],
    clientId = 'cl_one',
  ) => listOwn({ resources, cursors }, { operation, clientId, query }, fetchPage);
  return { resources, list };
}

function read(outcome: UpstreamReply | Denial): { notes: { id: string }[]; next: string | null } {
  assert.ok(!isDenial(outcome), JSON.stringify(outcome));
  return JSON.parse(Buffer.from(outcome.body as Uint8Array).toString());
}

describe('a list', () => {
  it("holds the caller's own items only, unchanged and in order", async (t) => {
    const { list } = await setUp(t, ['b', 'd'], ['a']);
    const body = read(await list(pages([['a', 'b', 'c', 'd'].map(note)])));
    assert.deepEqual(body, { notes: [note('b'), note('d')], next: null });
  });

  it('passes nothing else of the reply: no member, no header', async (t) => {
    const { list } = await setUp(t, ['b']);
    const outcome = await list(pages([[note('b')]]));
    assert.ok(!isDenial(outcome));
    assert.deepEqual(outcome.headers, [
      ['date', 'Tue, 24 Nov 2026 12:00:00 GMT'],
      ['content-type', 'application/json; charset=utf-8'],
    ]);
    assert.deepEqual(Object.keys(read(outcome)), ['notes', 'next']);
    assert.deepEqual([outcome.status, outcome.headMs], [200, 3]);
  });

  it('tells an own item by any of its ids', async (t) => {
    const { resources, list } = await setUp(t, []);
    await resources.record([resource('file', 'f1', 'cl_one'), resource('file', 'f2', 'cl_two')]);
    const items = [
      { id: 'x', file: 'f1' },
      { id: 'y', file: 'f2' },
      { file: 'f1' },
      { id: 7 },
      'f1',
      null,
    ];
    assert.deepEqual(read(await list(pages([items]))).notes, [items[0], items[2]]);
  });

  it('skips pages without an own item', async (t) => {
    const { list } = await setUp(t, ['z']);
    const seen: Query[] = [];
    const body = read(
      await list(pages([[note('a')], [note('b')], [note('z')], [note('c')]], seen)),
    );
    assert.deepEqual(body.notes, [note('z')]);
    assert.equal(seen.length, 3);
    assert.ok(body.next !== null);
  });

  it('stops after ten pages without an own item, and can be gone on with', async (t) => {
    const { list } = await setUp(t, ['z']);
    const seen: Query[] = [];
    const all = [...Array.from({ length: 12 }, () => [note('a')]), [note('z')]];
    const first = read(await list(pages(all, seen)));
    assert.equal(seen.length, 10);
    assert.deepEqual(first.notes, []);
    const second = read(await list(pages(all), [['after', first.next!]]));
    assert.deepEqual(second, { notes: [note('z')], next: null });
  });

  it('keeps the other parameters on every page', async (t) => {
    const { list } = await setUp(t, ['z']);
    const seen: Query[] = [];
    await list(pages([[note('a')], [note('z')]], seen), [['limit', '5']]);
    assert.deepEqual(seen, [
      [['limit', '5']],
      [
        ['limit', '5'],
        ['after', 'secret:1'],
      ],
    ]);
  });

  it('shows no page key of the upstream, and takes none but its own', async (t) => {
    const { list } = await setUp(t, ['a', 'b']);
    const all = [[note('a')], [note('b')]];
    const { next } = read(await list(pages(all)));
    assert.ok(!next!.includes('secret'));
    assert.deepEqual(read(await list(pages(all), [['after', next!]])).notes, [note('b')]);
    for (const cursor of ['secret:1', '', 'x', `${next!}A`]) {
      const outcome = await list(pages(all), [['after', cursor]]);
      assert.equal(isDenial(outcome) && outcome.code, 'parameter_invalid', cursor);
      assert.equal(isDenial(outcome) && outcome.pointer, 'query:after');
    }
    const theirs = await list(pages(all), [['after', next!]], 'cl_two');
    assert.equal(isDenial(theirs) && theirs.code, 'parameter_invalid');
  });

  it('of a client that owns nothing is empty without asking', async (t) => {
    const { list } = await setUp(t, [], ['a']);
    const seen: Query[] = [];
    assert.deepEqual(read(await list(pages([[note('a')]], seen))), { notes: [], next: null });
    assert.equal(seen.length, 0);
  });

  it('of another form than described is not usable', async (t) => {
    const { list } = await setUp(t, ['a']);
    const bodies: Json[] = [[note('a')], {}, { notes: { 0: note('a') } }, 'notes', null];
    for (const body of bodies) {
      const outcome = await list(async () => jsonReply(body));
      assert.equal(isDenial(outcome) && outcome.code, 'upstream_invalid', JSON.stringify(body));
    }
  });

  it('ends where the next key is no text', async (t) => {
    const { list } = await setUp(t, ['a']);
    for (const next of [null, '', 5, { id: 'x' }]) {
      const body = read(await list(async () => jsonReply({ notes: [note('a')], next })));
      assert.deepEqual(body, { notes: [note('a')], next: null });
    }
  });

  it('passes a failure of the upstream on', async (t) => {
    const { list } = await setUp(t, ['a']);
    const failed = await list(async () => jsonReply({ message: 'no' }, 503));
    assert.ok(!isDenial(failed));
    assert.equal(failed.status, 503);
    const denied = await list(async () => deny('upstream_timeout'));
    assert.equal(isDenial(denied) && denied.code, 'upstream_timeout');
  });

  it('without pages has no page key', async (t) => {
    const { resources } = await setUp(t, ['a']);
    const { page: _, ...lists } = operation.lists;
    const call = { operation: { ...operation, lists }, clientId: 'cl_one', query: [] };
    const outcome = await listOwn({ resources, cursors }, call, pages([[note('a')], [note('b')]]));
    assert.deepEqual(read(outcome), { notes: [note('a')] });
  });

  it('never holds what is not owned, and read to its end holds all that is', async (t) => {
    const { list } = await setUp(
      t,
      Array.from({ length: 20 }, (_, index) => `own-${index}`),
      Array.from({ length: 20 }, (_, index) => `foreign-${index}`),
    );
    const id = fc
      .tuple(fc.constantFrom('own', 'foreign', 'unknown'), fc.nat(19))
      .map(([owner, number]) => `${owner}-${number}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(id, { maxLength: 4 }), { minLength: 1, maxLength: 15 }),
        async (all) => {
          const fetchPage = pages(all.map((page) => page.map(note)));
          const got: string[] = [];
          let query: Query = [];
          for (;;) {
            const { notes, next } = read(await list(fetchPage, query));
            got.push(...notes.map((one) => one.id));
            if (next === null) break;
            query = [['after', next]];
          }
          assert.deepEqual(
            got,
            all.flat().filter((one) => one.startsWith('own')),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
