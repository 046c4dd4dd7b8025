import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreConflict, StoreUnavailable } from '../../ports/stores.ts';
import type { Fresh } from './place.ts';
import { admin, digest, startMs } from './samples.ts';

const hourMs = 3_600_000;

export function adminsContract(fresh: Fresh): void {
  test('an admin is found by id and by the digest of the token', async () => {
    const { stores } = await fresh();
    await stores.admins.create(admin());
    assert.equal((await stores.admins.findByDigest(digest('admin 1')))?.id, 'ad_1');
    assert.equal((await stores.admins.find('ad_1'))?.role, 'owner');
    assert.equal(await stores.admins.findByDigest(digest('admin 2')), null);
    assert.equal(await stores.admins.find('ad_2'), null);
    await assert.rejects(stores.admins.create(admin({ id: 'ad_2' })), StoreConflict);
    await stores.admins.update(admin({ state: 'disabled', version: 2 }), 1);
    await assert.rejects(stores.admins.update(admin({ version: 2 }), 1), StoreConflict);
    assert.equal((await stores.admins.find('ad_1'))?.state, 'disabled');
  });

  test('a bootstrap token is offered once, and again only when it expired unused', async () => {
    const { stores } = await fresh();
    const { admins } = stores;
    assert.equal(await admins.offerBootstrap(digest('a'), startMs + hourMs, startMs), true);
    assert.equal(await admins.offerBootstrap(digest('b'), startMs + hourMs, startMs + 1), false);
    assert.equal(await admins.bootstrap(digest('b'), startMs + 2, admin()), false);
    const laterMs = startMs + hourMs;
    assert.equal(await admins.bootstrap(digest('a'), laterMs, admin()), false);
    assert.equal(await admins.offerBootstrap(digest('c'), laterMs + hourMs, laterMs), true);
    assert.equal(await admins.bootstrap(digest('a'), laterMs + 1, admin()), false);
    assert.equal(await admins.bootstrap(digest('c'), laterMs + 1, admin()), true);
    const neverMs = laterMs + 100 * hourMs;
    assert.equal(await admins.offerBootstrap(digest('d'), neverMs + 1, neverMs), false);
    assert.equal((await admins.list({ limit: 10, cursor: null })).rows.length, 1);
  });

  test('of many that use the bootstrap token at once, one becomes the owner', async () => {
    const { place, stores } = await fresh();
    const other = await place.open();
    await stores.admins.offerBootstrap(digest('a'), startMs + hourMs, startMs);
    const won = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? stores : other).admins.bootstrap(
          digest('a'),
          startMs + 1,
          admin({ id: `ad_${index}`, digest: digest(`admin ${index}`) }),
        ),
      ),
    );
    assert.equal(won.filter(Boolean).length, 1);
    assert.equal((await stores.admins.list({ limit: 50, cursor: null })).rows.length, 1);
  });

  test('a bootstrap whose owner cannot be stored leaves the token unused', async () => {
    const { stores } = await fresh();
    await stores.admins.create(admin());
    await stores.admins.offerBootstrap(digest('a'), startMs + hourMs, startMs);
    await assert.rejects(stores.admins.bootstrap(digest('a'), startMs, admin()), StoreConflict);
    const owner = admin({ id: 'ad_2', digest: digest('admin 2') });
    assert.equal(await stores.admins.bootstrap(digest('a'), startMs, owner), true);
  });

  test('a setting keeps the first value, whoever writes at the same time', async () => {
    const { stores } = await fresh();
    assert.equal(await stores.settings.get('node'), null);
    const values = await Promise.all(
      ['a', 'b', 'c', 'd'].map((value) => stores.settings.putIfAbsent('node', value)),
    );
    assert.equal(new Set(values).size, 1);
    assert.equal(await stores.settings.get('node'), values[0]);
    assert.equal(await stores.settings.putIfAbsent('node', 'z'), values[0]);
  });

  test('after closing, every store says that it cannot answer', async () => {
    const { stores } = await fresh();
    await stores.ping();
    await stores.close();
    await stores.close();
    for (const attempt of [
      () => stores.ping(),
      () => stores.keys.find('x'),
      () => stores.clients.findByName('x'),
      () => stores.settings.putIfAbsent('x', 'y'),
      () => stores.admins.offerBootstrap(digest('a'), 1, 0),
    ]) {
      await assert.rejects(attempt, StoreUnavailable);
    }
  });
}
