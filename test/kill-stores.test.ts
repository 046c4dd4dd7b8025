import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openAuditLog } from '../packages/gateway/src/audit/auditLog.ts';
import type { Stores } from '../packages/gateway/src/ports/stores.ts';
import type { Place } from '../packages/gateway/src/storage/contract/place.ts';
import {
  answers,
  defaultServer,
  makePostgresPlace,
} from '../packages/gateway/src/storage/postgres/place.fixture.ts';
import { makeSqlitePlace } from '../packages/gateway/src/storage/sqlite/place.fixture.ts';

const kills = 25;
const writer = join(import.meta.dirname, 'storesWriter.ts');
const server = process.env['FILMGATE_TEST_POSTGRES'] ?? defaultServer;

/** What the killed processes were told that it is safe, by the kind of promise. */
type Promises = Map<string, Set<string>>;

/** Starts a writer, kills it at a random moment of its work, and gives what it had acknowledged. */
async function runAndKill(args: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [writer, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await setTimeout(Math.random() * 120);
  child.kill('SIGKILL');
  const [code, signal] = (await closed) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', `the writer ended by itself with ${code}`);
  return output.split('\n').slice(0, -1);
}

async function promisesOf(kind: string, place: string, auditFolder: string): Promise<Promises> {
  const promises: Promises = new Map();
  for (let run = 0; run < kills; run += 1) {
    for (const line of await runAndKill([kind, place, auditFolder, String(run)])) {
      const [promise, id] = line.split(' ') as [string, string];
      promises.set(promise, (promises.get(promise) ?? new Set()).add(id));
    }
  }
  return promises;
}

async function checkStores(stores: Stores, promises: Promises): Promise<void> {
  for (const id of promises.get('created') ?? []) {
    const found = await stores.keys.find(id);
    assert.ok(found, `${id} is missing`);
    const isRotated = found.secrets.length === 2;
    const isRevoked = found.key.state === 'revoked';
    assert.ok(isRotated || !promises.get('rotated')?.has(id), `${id} lost its rotation`);
    assert.ok(isRevoked || !promises.get('revoked')?.has(id), `${id} lost its revocation`);
    // Nothing half done either: each change came with its version.
    assert.equal(found.key.version, 1 + Number(isRotated) + Number(isRevoked), id);
    assert.equal(found.secrets.at(-1)?.retiresAtMs ?? null, isRotated ? 0 : null, id);
  }
  for (const id of promises.get('recorded') ?? []) {
    assert.equal((await stores.resources.find('job', id))?.clientId, 'cl_1', id);
    assert.equal((await stores.resources.find('project', id))?.clientId, 'cl_1', id);
  }
}

async function checkAudit(folder: string, promises: Promises, t: TestContext): Promise<void> {
  const alarms: string[] = [];
  const log = await openAuditLog(folder, { onAlarm: (message) => alarms.push(message) });
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = await log.list({}, { limit: 200, cursor });
    for (const { id } of page.rows) ids.add(id);
    cursor = page.next;
  } while (cursor !== null);
  const missing = [...(promises.get('audited') ?? [])].filter((id) => !ids.has(id));
  assert.deepEqual(missing, []);
  // What a kill tore is told as incomplete, and nothing else is wrong.
  assert.equal(alarms.length, log.incomplete.length);
  t.diagnostic(`${ids.size} entries, ${log.incomplete.length} torn tails`);
  await log.close();
}

async function killOften(kind: string, place: Place, address: string, t: TestContext) {
  const auditFolder = await mkdtemp(join(tmpdir(), 'filmgate-kill-'));
  try {
    const promises = await promisesOf(kind, address, auditFolder);
    const counts = [...promises].map(([promise, ids]) => `${ids.size} ${promise}`);
    t.diagnostic(`${kills} kills: ${counts.join(', ')}`);
    for (const promise of ['created', 'rotated', 'revoked', 'recorded', 'audited']) {
      assert.ok((promises.get(promise)?.size ?? 0) >= 10, `too few were ${promise}`);
    }
    await checkStores(await place.open(), promises);
    await checkAudit(auditFolder, promises, t);
  } finally {
    await place.drop();
    await rm(auditFolder, { recursive: true });
  }
}

describe('processes that are killed while they write', { concurrency: 2 }, () => {
  test('lose nothing that SQLite or the audit log acknowledged', async (t) => {
    const place = await makeSqlitePlace();
    await killOften('sqlite', place, place.file, t);
  });

  test('lose nothing that PostgreSQL or the audit log acknowledged', async (t) => {
    if (!(await answers(server))) {
      t.skip('no PostgreSQL server answers; name one in FILMGATE_TEST_POSTGRES');
      return;
    }
    const place = await makePostgresPlace(server);
    await killOften('postgres', place, place.url, t);
  });
});
