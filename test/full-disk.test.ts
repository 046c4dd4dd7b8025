import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openAuditLog } from '../packages/gateway/src/audit/auditLog.ts';
import { entry } from '../packages/gateway/src/audit/samples.fixture.ts';
import { AuditUnavailable } from '../packages/gateway/src/ports/auditStore.ts';
import { StoreUnavailable } from '../packages/gateway/src/ports/stores.ts';
import { furnish, key, resource } from '../packages/gateway/src/storage/contract/samples.ts';
import { openSqlite } from '../packages/gateway/src/storage/sqlite/open.ts';

/** A small disk with a weight on it that can be lifted. Null where this user may not mount one. */
function mountSmallDisk(
  t: TestContext,
  megabytes: number,
): { folder: string; makeRoom: () => void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-small-'));
  try {
    const options = `size=${megabytes}m`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    t.skip('a small disk cannot be mounted here: that takes Linux and root');
    return null;
  }
  t.after(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  const weight = join(folder, 'weight');
  writeFileSync(weight, Buffer.alloc(megabytes * 300_000));
  return { folder, makeRoom: () => rmSync(weight) };
}

test('on a full disk the audit log promises nothing it cannot keep, and recovers', async (t) => {
  const disk = mountSmallDisk(t, 1);
  if (!disk) return;
  const alarms: string[] = [];
  const log = await openAuditLog(disk.folder, { onAlarm: (message) => alarms.push(message) });
  const promised: string[] = [];
  const refused: string[] = [];
  const append = async (id: string, durable: boolean) => {
    try {
      await log.append(entry({ id, reason: 'x'.repeat(3_000) }), { durable });
      promised.push(id);
    } catch (error) {
      assert.ok(error instanceof AuditUnavailable);
      assert.equal(error.message, 'the disk of the audit log is full');
      refused.push(id);
    }
  };
  for (let index = 0; refused.length < 20; index += 1) await append(`a${index}`, index % 5 === 0);
  assert.ok(promised.length > 100);
  await assert.rejects(log.ping(), AuditUnavailable);
  const listed = async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await log.list({}, { limit: 100, cursor });
      ids.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    return ids.toReversed();
  };
  assert.deepEqual(await listed(), promised);
  disk.makeRoom();
  await log.ping();
  refused.length = 0;
  await Promise.all(Array.from({ length: 10 }, (_, index) => append(`b${index}`, true)));
  assert.deepEqual(refused, []);
  assert.deepEqual(await listed(), promised);
  assert.deepEqual(alarms, ['the disk of the audit log is full', 'the audit log is written again']);
  await log.close();
  const again = await openAuditLog(disk.folder);
  assert.deepEqual(again.incomplete, []);
  await again.close();
});

test('on a full disk SQLite refuses writes, goes on reading, and recovers', async (t) => {
  const disk = mountSmallDisk(t, 3);
  if (!disk) return;
  const stores = await openSqlite({ file: join(disk.folder, 'filmgate.sqlite') });
  await furnish(stores);
  const promised: string[] = [];
  const refused: string[] = [];
  const record = async (id: string) => {
    try {
      await stores.resources.record([resource({ id, state: 'x'.repeat(2_000) })]);
      promised.push(id);
    } catch (error) {
      assert.ok(error instanceof StoreUnavailable);
      assert.equal(error.message, 'the disk is full');
      refused.push(id);
    }
  };
  for (let index = 0; refused.length < 10; index += 1) await record(`a${index}`);
  assert.ok(promised.length > 20);
  assert.equal((await stores.keys.find(key().id))?.key.id, key().id);
  for (const id of promised) assert.ok(await stores.resources.find('job', id), id);
  disk.makeRoom();
  refused.length = 0;
  for (let index = 0; index < 10; index += 1) await record(`b${index}`);
  assert.deepEqual(refused, []);
  for (const id of promised) assert.ok(await stores.resources.find('job', id), id);
  await stores.close();
});
