import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { StoreUnavailable } from '../../ports/stores.ts';
import { client, furnish, key, resource } from '../contract/samples.ts';
import { StoreUnusable } from '../storeUnusable.ts';
import { connectWriter } from './connection.ts';
import { storeError } from './errors.ts';
import { openSqlite } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'filmgate-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

const mode = (file: string) => statSync(file).mode & 0o777;

test('the database and its log are for their owner only, also where they were not', async () => {
  const file = join(folder, 'deep', 'er', 'mode.sqlite');
  await (await openSqlite({ file })).close();
  assert.equal(mode(file), 0o600);
  assert.equal(mode(join(folder, 'deep')), 0o700);
  chmodSync(file, 0o644);
  const stores = await openSqlite({ file });
  await furnish(stores);
  assert.deepEqual([mode(file), mode(`${file}-wal`), mode(`${file}-shm`)], [0o600, 0o600, 0o600]);
  await stores.close();
});

test('every commit reaches the disk, and references are enforced', () => {
  const database = connectWriter(join(folder, 'pragmas.sqlite'));
  const read = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
  assert.equal(read('journal_mode'), 'wal');
  assert.equal(read('synchronous'), 2);
  assert.equal(read('foreign_keys'), 1);
  database.close();
});

test('a file that is no database, and a folder, are refused with the name and the cause', async () => {
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'these are notes, not a database '.repeat(100));
  await assert.rejects(openSqlite({ file }), (error) => {
    assert.ok(error instanceof StoreUnusable);
    assert.equal(error.message, `${file}: the file is not a SQLite database`);
    return true;
  });
  assert.equal(statSync(file).size, 3_200);
  await assert.rejects(openSqlite({ file: folder }), StoreUnusable);
  await assert.rejects(openSqlite({ file: join(file, 'x.sqlite') }), StoreUnusable);
});

test('a database of something else is refused, and its tables stay as they were', async () => {
  const file = join(folder, 'foreign.sqlite');
  const foreign = new DatabaseSync(file);
  foreign.exec('create table clients (name text)');
  foreign.close();
  await assert.rejects(openSqlite({ file }), StoreUnavailable);
  const again = new DatabaseSync(file);
  assert.deepEqual(again.prepare('select name from clients').all(), []);
  again.close();
});

test('while another process writes, reads go on and a write waits without stopping the process', async () => {
  const file = join(folder, 'busy.sqlite');
  const stores = await openSqlite({ file });
  await furnish(stores);
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  let isDone = false;
  const write = stores.resources.record([resource()]).then(() => {
    isDone = true;
  });
  await setTimeout(50);
  assert.equal(isDone, false);
  assert.equal((await stores.keys.find(key().id))?.key.name, key().name);
  other.exec('commit');
  await write;
  assert.equal((await stores.resources.find('job', 'job-1'))?.clientId, 'cl_1');
  other.exec('begin immediate');
  await assert.rejects(stores.clients.update(client({ version: 2 }), 1), (error) => {
    assert.ok(error instanceof StoreUnavailable);
    assert.equal(error.message, 'the database is locked by another process');
    return true;
  });
  other.close();
  await stores.clients.update(client({ version: 2 }), 1);
  await stores.close();
});

test('errors of the database keep no statement and no value', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('create table t (name text primary key not null, age int check (age > 0))');
  database.exec(`insert into t values ('zoe', 1)`);
  const messageOf = (statement: string) => {
    try {
      database.exec(statement);
    } catch (error) {
      const ours = storeError(error);
      assert.equal(ours.cause, undefined);
      assert.doesNotMatch(String(ours.stack), /zoe|insert/);
      return ours.message;
    }
    return assert.fail('it passed');
  };
  assert.equal(messageOf(`insert into t values ('zoe', 1)`), 'another row of t has this name');
  assert.match(messageOf(`insert into t values ('zoe2', -1)`), /refused a statement \(SQLite code/);
  assert.match(messageOf(`insert into zoe values (1)`), /refused a statement \(SQLite code 1\)/);
  database.close();
  assert.equal(messageOf('select 1'), 'the database is closed');
});
