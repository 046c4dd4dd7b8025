import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailable } from '../../ports/stores.ts';
import { SchemaFromFuture } from '../schema/schemaFromFuture.ts';
import type { Fresh, FreshPlace } from './place.ts';
import { client, furnish, key } from './samples.ts';

const note = (name: string) =>
  `insert into kysely_migration (name, timestamp) values ('${name}', '2030-01-01T00:00:00.000Z')`;

export function schemaContract(fresh: Fresh, freshPlace: FreshPlace): void {
  test('what one process wrote, the next one reads', async () => {
    const { place, stores } = await fresh();
    await furnish(stores);
    await stores.close();
    const again = await place.open();
    assert.deepEqual(await again.clients.find('cl_1'), client());
    assert.deepEqual((await again.keys.find(key().id))?.key, key());
  });

  test('processes that start together migrate once', async () => {
    const place = await freshPlace();
    const opened = await Promise.all([1, 2, 3, 4].map(() => place.open()));
    await furnish(opened[0]!);
    assert.deepEqual(await opened[3]!.clients.find('cl_1'), client());
    assert.deepEqual(await place.read('select name from kysely_migration'), ['0001_initial']);
  });

  test('a schema from the future is refused by name, and nothing is touched', async () => {
    const { place, stores } = await fresh();
    await stores.close();
    await place.execute(note('0099_other_money'));
    const before = await place.tables();
    await assert.rejects(place.open(), (error) => {
      assert.ok(error instanceof SchemaFromFuture);
      assert.equal(error.found, '0099_other_money');
      assert.equal(error.known, '0001_initial');
      assert.match(error.message, /0099_other_money.*0001_initial.*newer Filmgate/s);
      return true;
    });
    assert.deepEqual(await place.tables(), before);
  });

  test('an older program goes on with a schema that was only expanded', async () => {
    const { place, stores } = await fresh();
    await furnish(stores);
    await stores.close();
    await place.execute(note('0002_notes_expand'));
    await place.execute('alter table clients add column note text');
    const again = await place.open();
    assert.deepEqual(await again.clients.find('cl_1'), client());
    await again.clients.update(client({ version: 2 }), 1);
  });

  test('a row that was damaged from outside is not used', async () => {
    const { place, stores } = await fresh();
    await furnish(stores);
    await place.execute(`update clients set networks = '["10.0.0.0/8' where id = 'cl_1'`);
    await assert.rejects(stores.clients.find('cl_1'), (error) => {
      assert.ok(error instanceof StoreUnavailable);
      assert.doesNotMatch(error.message, /10\.0/);
      return true;
    });
  });
}
