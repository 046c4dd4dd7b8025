import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreConflict } from '../../ports/stores.ts';
import type { Fresh } from './place.ts';
import { digest, furnish, startMs, token } from './samples.ts';

export function tokensContract(fresh: Fresh): void {
  test('a token is found by its digest only', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    await stores.tokens.create(token());
    const found = await stores.tokens.find(digest('token 1'));
    assert.deepEqual(found && { ...found, digest: Buffer.from(found.digest) }, {
      ...token(),
      digest: Buffer.from(token().digest),
    });
    assert.equal(await stores.tokens.find(digest('token 2')), null);
    assert.equal(await stores.tokens.find(new Uint8Array(0)), null);
    await assert.rejects(stores.tokens.create(token()), StoreConflict);
  });

  test('expired tokens are removed, those that still hold stay', async () => {
    const { stores } = await fresh();
    await furnish(stores);
    for (const [name, expiresAtMs] of [
      ['before', startMs - 1],
      ['now', startMs],
      ['later', startMs + 1],
    ] as const) {
      await stores.tokens.create(token({ digest: digest(name), expiresAtMs }));
    }
    await stores.tokens.removeExpired(startMs);
    assert.equal(await stores.tokens.find(digest('before')), null);
    assert.equal(await stores.tokens.find(digest('now')), null);
    assert.equal((await stores.tokens.find(digest('later')))?.expiresAtMs, startMs + 1);
  });
}
