import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreConflict } from '../../ports/stores.ts';
import type { Fresh } from './place.ts';
import { client, furnish, key, policy, secret, startMs, token } from './samples.ts';

export function clientsContract(fresh: Fresh): void {
  test('a client and a policy come back as they were written', async () => {
    const { stores } = await fresh();
    const bare = policy({ id: 'pol_2', name: 'bare', rate: null, concurrencyMax: null, hours: [] });
    await furnish(stores);
    await stores.policies.create(bare);
    assert.deepEqual(await stores.policies.find('pol_1'), policy());
    assert.deepEqual(await stores.policies.findByName('bare'), bare);
    assert.deepEqual(await stores.clients.find('cl_1'), client());
    assert.deepEqual(await stores.clients.findByName('studio'), client());
  });

  test('what was never written is null', async () => {
    const { stores } = await fresh();
    assert.equal(await stores.clients.find('cl_1'), null);
    assert.equal(await stores.clients.findByName('studio'), null);
    assert.equal(await stores.policies.find("' or 1=1 --"), null);
    assert.equal(await stores.policies.findByName('editors'), null);
  });

  test('a name that is taken is a conflict that does not repeat the name', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    await assert.rejects(stores.clients.create(client({ id: 'cl_2' })), (error) => {
      assert.ok(error instanceof StoreConflict);
      assert.equal(error.message, 'another row of clients has this name');
      assert.equal(error.cause, undefined);
      return true;
    });
    await assert.rejects(stores.policies.create(policy({ id: 'pol_2' })), StoreConflict);
    await assert.rejects(stores.clients.create(client({ name: 'other' })), StoreConflict);
  });

  test('an update needs the version that was read, and of two at once one wins', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const changed = client({ state: 'disabled', version: 2, updatedAtMs: startMs + 1 });
    const outcomes = await Promise.allSettled([
      stores.clients.update(changed, 1),
      stores.clients.update(changed, 1),
    ]);
    assert.deepEqual(outcomes.map((outcome) => outcome.status).toSorted(), [
      'fulfilled',
      'rejected',
    ]);
    assert.deepEqual(await stores.clients.find('cl_1'), changed);
    await assert.rejects(stores.clients.update(client({ id: 'cl_none' }), 1), StoreConflict);
    await stores.policies.update(policy({ scopes: [], version: 2 }), 1);
    await assert.rejects(stores.policies.update(policy({ version: 2 }), 1), StoreConflict);
    assert.deepEqual((await stores.policies.find('pol_1'))?.scopes, []);
  });

  test('a client under an unknown policy is refused, and a policy in use stays', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    const stray = client({ id: 'cl_2', name: 'stray', policyId: 'pol_none' });
    await assert.rejects(stores.clients.create(stray), StoreConflict);
    await assert.rejects(stores.policies.remove('pol_1', 1), StoreConflict);
    assert.notEqual(await stores.policies.find('pol_1'), null);
  });

  test('a removed client takes its keys and tokens with it', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    await stores.tokens.create(token());
    await stores.keys.touch([{ keyId: key().id, secretNumber: 1, atMs: startMs, ip: '::1' }]);
    await assert.rejects(stores.clients.remove('cl_1', 7), StoreConflict);
    await stores.clients.remove('cl_1', 1);
    assert.equal(await stores.clients.find('cl_1'), null);
    assert.equal(await stores.keys.find(key().id), null);
    assert.equal(await stores.tokens.find(token().digest), null);
    await stores.policies.remove('pol_1', 1);
    await assert.rejects(stores.keys.create(key(), secret()), StoreConflict);
  });
}
