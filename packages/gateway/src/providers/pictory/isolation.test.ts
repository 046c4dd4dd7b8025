import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { isDenial } from '../../domain/denial.ts';
import type { Listing, Operation } from '../../domain/operation.ts';
import type { Json } from '../../domain/shape.ts';
import type { Principal } from '../../guards/authenticate.ts';
import { ownership } from '../../guards/ownership.ts';
import { createCursors } from '../../jobs/cursors.ts';
import { client, jsonReply, openResources, resource } from '../../jobs/jobs.fixture.ts';
import { listOwn } from '../../jobs/listings.ts';
import { createRecorder } from '../../jobs/recorder.ts';
import { pictory } from './provider.ts';

const withPathId = pictory.operations.filter(({ ids }) => ids.some((one) => one.in === 'path'));
const creating = pictory.operations.filter(({ creates }) => creates.length > 0);
const listing = pictory.operations.filter(
  (one): one is Operation & { readonly lists: Listing } => one.lists !== null,
);

/** The value with one member at the pointer. */
const at = (pointer: string, value: Json): Json =>
  pointer
    .split('/')
    .slice(1)
    .reverse()
    .reduce<Json>((inner, name) => ({ [name]: inner }), value);

describe('two clients of one account', () => {
  it('never reach each other by an id in the path, in any operation that has one', async (t) => {
    assert.equal(withPathId.length, 19);
    const resources = await openResources(t);
    const guard = ownership(pictory, resources);
    for (const operation of withPathId) {
      const { kind, at: parameter } = operation.ids.find((one) => one.in === 'path')!;
      const [mine, theirs] = [`${operation.id}-1`, `${operation.id}-2`];
      await resources.record([resource(kind, mine, 'cl_one'), resource(kind, theirs, 'cl_two')]);
      const verdict = async (id: string) =>
        guard.check({
          operation,
          parameters: { [parameter]: id },
          query: [],
          principal: { client: client('cl_one') } as Principal,
          input: { addresses: [], references: [], proven: () => new Set() },
        });
      assert.equal(isDenial(await verdict(mine)), false, operation.id);
      for (const id of [theirs, 'unknown']) {
        const denial = await verdict(id);
        assert.ok(isDenial(denial), operation.id);
        assert.equal(denial.providerReply?.status, 404);
      }
    }
  });

  it('own what they create, by every spelling of its id', async (t) => {
    assert.equal(creating.length, 20);
    const resources = await openResources(t);
    const clock = { nowMs: () => 1, monotonicMs: () => 1 };
    const recorder = createRecorder({ provider: pictory, resources, clock });
    for (const operation of creating) {
      for (const { kind, pointers } of operation.creates) {
        for (const pointer of pointers) {
          const id = `https://a.example/${operation.id}${pointer}`;
          const call = { operation, parameters: {}, clientId: 'cl_one', requestId: 'req_1' };
          const recorded = await recorder.record(call, jsonReply(at(pointer, id)));
          assert.ok(!isDenial(recorded), `${operation.id} ${pointer}`);
          assert.equal((await resources.find(kind, id))?.clientId, 'cl_one');
        }
      }
    }
  });

  it('see their own items only, in every list of the account', async (t) => {
    assert.equal(listing.length, 7);
    const resources = await openResources(t);
    const cursors = createCursors(randomBytes(32));
    for (const operation of listing) {
      for (const { kind, pointers } of operation.lists.owned) {
        for (const pointer of pointers) {
          const [mine, theirs] = [`${operation.id}${pointer}-1`, `${operation.id}${pointer}-2`];
          await resources.record([
            resource(kind, mine, 'cl_one'),
            resource(kind, theirs, 'cl_two'),
          ]);
          const items = [at(pointer, theirs), at(pointer, mine), at(pointer, 'unknown'), {}];
          const reply = await listOwn(
            { resources, cursors },
            { operation, clientId: 'cl_one', query: [] },
            async () =>
              jsonReply({ [operation.lists.items]: items, nextPageKey: theirs, pageKey: theirs }),
          );
          assert.ok(!isDenial(reply), operation.id);
          const text = Buffer.from(reply.body as Uint8Array).toString();
          assert.deepEqual(JSON.parse(text)[operation.lists.items], [at(pointer, mine)]);
          assert.ok(!text.includes(theirs), operation.id);
        }
      }
    }
  });

  it('are never shown a whole list that somebody may own something of', () => {
    const whole = pictory.operations.filter(
      ({ accountWide, lists }) => accountWide && lists === null,
    );
    assert.deepEqual(
      whole.map(({ scope }) => scope),
      ['account:read', 'billing:read'],
    );
  });
});
