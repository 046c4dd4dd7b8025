import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreConflict } from '../../ports/stores.ts';
import type { Fresh } from './place.ts';
import { client, digest, furnish, key, secret, startMs } from './samples.ts';

const { id } = key();

export function keysContract(fresh: Fresh): void {
  test('a key comes back with its secret, the digest byte for byte', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const found = await stores.keys.find(id);
    assert.deepEqual(found?.key, key());
    assert.deepEqual(found.secrets.map(plain), [plain(secret())]);
    assert.equal(found.secrets[0]?.digest.byteLength, 32);
    assert.equal(await stores.keys.find('none'), null);
  });

  test('a key and its secret are created together or not at all', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const orphan = secret({ keyId: 'none', digest: digest('x') });
    await assert.rejects(stores.keys.create(key({ id: 'BBBB' }), orphan), StoreConflict);
    assert.equal(await stores.keys.find('BBBB'), null);
    await assert.rejects(stores.keys.create(key(), secret()), StoreConflict);
  });

  test('a revocation is seen by the next read', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    await stores.keys.find(id);
    await stores.keys.update(key({ state: 'revoked', stateReason: 'leaked', version: 2 }), 1);
    assert.equal((await stores.keys.find(id))?.key.state, 'revoked');
    await assert.rejects(stores.keys.update(key({ version: 2 }), 1), StoreConflict);
  });

  test('a rotation adds a secret, and ends the older ones without prolonging any', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const second = secret({ number: 2, digest: digest('secret 2') });
    const third = secret({ number: 3, digest: digest('secret 3') });
    await stores.keys.rotate(key({ version: 2 }), 1, second, startMs + 1_000);
    await stores.keys.rotate(key({ version: 3, updatedAtMs: 5 }), 2, third, startMs + 9_000);
    const found = await stores.keys.find(id);
    assert.deepEqual(
      found?.secrets.map((each) => [each.number, each.retiresAtMs]),
      [
        [3, null],
        [2, startMs + 9_000],
        [1, startMs + 1_000],
      ],
    );
    assert.equal(found.key.version, 3);
    assert.equal(found.key.updatedAtMs, 5);
  });

  test('a rotation that loses against another change leaves nothing behind', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const outcomes = await Promise.allSettled(
      [2, 3, 4, 5].map((number) =>
        stores.keys.rotate(key({ version: 2 }), 1, secret({ number }), startMs + number),
      ),
    );
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.equal(lost.length, 3);
    assert.ok(lost.every(({ reason }) => reason instanceof StoreConflict));
    assert.equal((await stores.keys.find(id))?.secrets.length, 2);
  });

  test('a rotation whose secret cannot be stored changes nothing', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const taken = secret({ number: 1, digest: digest('other') });
    await assert.rejects(stores.keys.rotate(key({ version: 2 }), 1, taken, startMs), StoreConflict);
    const found = await stores.keys.find(id);
    assert.equal(found?.key.version, 1);
    assert.equal(found.secrets[0]?.retiresAtMs, null);
  });

  test('a read beside an open transaction sees only what is committed', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const taken = secret({ number: 1 });
    const rotation = stores.keys.rotate(key({ version: 2 }), 1, taken, startMs).catch(() => 'lost');
    const versions = new Set<number | undefined>();
    for (let reads = 0; reads < 200; reads += 1) {
      versions.add((await stores.keys.find(id))?.key.version);
    }
    assert.equal(await rotation, 'lost');
    assert.deepEqual([...versions], [1]);
  });

  test('the latest use of each secret is kept, and the use of a key that is gone is dropped', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    await stores.keys.touch([{ keyId: id, secretNumber: 1, atMs: 20, ip: '192.0.2.1' }]);
    await stores.keys.touch([
      { keyId: 'gone', secretNumber: 1, atMs: 30, ip: '192.0.2.9' },
      { keyId: id, secretNumber: 1, atMs: 10, ip: '192.0.2.8' },
      { keyId: id, secretNumber: 2, atMs: 30, ip: '2001:db8::1' },
    ]);
    await stores.keys.touch([]);
    const many = Array.from({ length: 250 }, () => ({
      keyId: id,
      secretNumber: 1,
      atMs: 15,
      ip: '',
    }));
    await stores.keys.touch(many);
    assert.deepEqual(await stores.keys.lastUses([id, 'gone']), [
      { keyId: id, secretNumber: 2, atMs: 30, ip: '2001:db8::1' },
      { keyId: id, secretNumber: 1, atMs: 20, ip: '192.0.2.1' },
    ]);
    assert.deepEqual(await stores.keys.lastUses([]), []);
  });

  test('a list holds one client’s keys with their secrets', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    await stores.clients.create(client({ id: 'cl_2', name: 'other' }));
    await stores.keys.create(key({ id: 'B', clientId: 'cl_2' }), secret({ keyId: 'B' }));
    const page = { limit: 10, cursor: null };
    const own = await stores.keys.list('cl_2', page);
    assert.deepEqual(
      own.rows.map((row) => [row.key.id, row.secrets.length]),
      [['B', 1]],
    );
    assert.equal((await stores.keys.list(null, page)).rows.length, 2);
    assert.deepEqual(await stores.keys.list('cl_none', page), { rows: [], next: null });
  });
}

const plain = (value: { readonly digest: Uint8Array }) => ({
  ...value,
  digest: Buffer.from(value.digest).toString('hex'),
});
