import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import {
  admin,
  client,
  digest,
  key,
  policy,
  resource,
  startMs,
  token,
} from '../contract/samples.ts';
import { migrations } from '../schema/migrations.ts';
import { openSqlite } from './open.ts';

/** What each schema looked like when it was released, with a row of everything. */
const golden = join(import.meta.dirname, '..', 'contract', 'golden');
const dumps = readdirSync(golden);

test('there is a dump of every schema', () => {
  assert.deepEqual(
    dumps,
    Object.keys(migrations).map((name) => `${name}.sql`),
  );
});

for (const dump of dumps) {
  test(`a database of ${dump} opens, and all that is in it is there`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'filmgate-golden-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'old.sqlite');
    const old = new DatabaseSync(file);
    old.exec(readFileSync(join(golden, dump), 'utf8'));
    old.close();
    const stores = await openSqlite({ file });
    assert.deepEqual(await stores.policies.find(policy().id), policy());
    assert.deepEqual(await stores.clients.find(client().id), client());
    assert.deepEqual((await stores.keys.find(key().id))?.key, key());
    assert.equal((await stores.keys.lastUses([key().id]))[0]?.ip, '192.0.2.1');
    assert.equal((await stores.tokens.find(token().digest))?.keyId, key().id);
    assert.deepEqual(await stores.resources.find('job', 'job-1'), resource());
    assert.equal((await stores.admins.findByDigest(admin().digest))?.id, admin().id);
    const offered = await stores.admins.offerBootstrap(digest('b'), startMs + 9, startMs);
    assert.equal(offered, false);
    assert.equal(await stores.settings.get('node'), 'n1');
    await stores.close();
  });
}
