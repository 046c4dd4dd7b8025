import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { AuditEntry } from '../domain/audit.ts';
import { createRequestIds } from '../http/requestId.ts';
import { AuditUnavailable, type AuditFilter } from '../ports/auditStore.ts';
import { CursorInvalid } from '../ports/stores.ts';
import { openAuditLog, type AuditLog, type AuditLogOptions } from './auditLog.ts';
import { entry, startMs } from './samples.fixture.ts';

const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function makeFolder(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'filmgate-audit-')), 'audit');
  folders.push(join(folder, '..'));
  return folder;
}

async function open(folder: string, options: AuditLogOptions = {}) {
  const alarms: string[] = [];
  const log = await openAuditLog(folder, { onAlarm: (text) => alarms.push(text), ...options });
  return { log, alarms };
}

async function readAll(log: AuditLog, filter: AuditFilter = {}, limit = 200): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await log.list(filter, { limit, cursor });
    assert.ok(page.rows.length <= limit);
    ids.push(...page.rows.map(({ id, phase }) => (phase === 'final' ? id : `${id}?`)));
    cursor = page.next;
  } while (cursor !== null);
  return ids;
}

const number = (index: number) => `req_${String(index).padStart(4, '0')}`;

test('folder and files are for their owner only', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder);
  await log.append(entry());
  await log.close();
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  const [file, ...others] = await readdir(folder);
  assert.deepEqual(others, []);
  assert.equal((await stat(join(folder, file!))).mode & 0o777, 0o600);
});

test('entries are found and listed newest first, also by the next run, whose pages join up', async () => {
  const folder = await makeFolder();
  const first = await open(folder, { segmentBytesMax: 5_000 });
  for (let index = 0; index < 60; index += 1) {
    await first.log.append(entry({ id: number(index), atMs: startMs + index }));
  }
  await first.log.close();
  const { log, alarms } = await open(folder);
  await log.append(entry({ id: number(60), atMs: startMs + 60 }), { durable: true });
  assert.ok((await readdir(folder)).length > 4);
  const expected = Array.from({ length: 61 }, (_, index) => number(60 - index));
  for (const limit of [1, 7, 60, 61, 62, 200]) {
    assert.deepEqual(await readAll(log, {}, limit), expected, `limit ${limit}`);
  }
  assert.deepEqual(await log.find(number(3)), entry({ id: number(3), atMs: startMs + 3 }));
  assert.equal((await log.find(number(60)))?.atMs, startMs + 60);
  assert.equal(await log.find('req_none'), null);
  assert.deepEqual(alarms, []);
  await log.close();
});

test('entries that come while pages are read neither repeat nor shift what follows', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder);
  for (let index = 0; index < 9; index += 1) await log.append(entry({ id: number(index) }));
  const first = await log.list({}, { limit: 4, cursor: null });
  await log.append(entry({ id: 'req_late' }));
  const second = await log.list({}, { limit: 10, cursor: first.next });
  assert.deepEqual(
    [...first.rows, ...second.rows].map(({ id }) => id),
    Array.from({ length: 9 }, (_, index) => number(8 - index)),
  );
  await log.close();
});

test('filters narrow the list, alone and together', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder);
  await log.append(entry({ id: 'a' }));
  await log.append(entry({ id: 'b', decision: 'denied', code: 'rate_limited' }));
  await log.append(entry({ id: 'c', action: 'render', atMs: startMs + 1 }));
  await log.append(entry({ id: 'd', sourceIp: '2001:db8::1', atMs: startMs + 2 }));
  await log.append(entry({ id: 'e', actor: { kind: 'client', clientId: 'cl_2' } }));
  // Texts that look like members must not count as members.
  await log.append(entry({ id: 'f', reason: '"clientId":"cl_2","decision":"denied"' }));
  assert.deepEqual(await readAll(log, { clientId: 'cl_2' }), ['e']);
  assert.deepEqual(await readAll(log, { decision: 'denied' }), ['b']);
  assert.deepEqual(await readAll(log, { action: 'render' }), ['c']);
  assert.deepEqual(await readAll(log, { sourceIp: '2001:db8::1' }), ['d']);
  assert.deepEqual(await readAll(log, { sinceMs: startMs + 1 }), ['d', 'c']);
  assert.deepEqual(await readAll(log, { clientId: 'cl_1', decision: 'denied' }), ['b']);
  assert.deepEqual(await readAll(log, { clientId: 'cl_1', action: 'none' }), []);
  await log.close();
});

test('an intent and its settled entry are one, on whatever page and in whatever segment', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder, { segmentBytesMax: 700 });
  const intent = (id: string) => log.append(entry({ id, phase: 'intent' }), { durable: true });
  await intent('a');
  await intent('lost');
  await log.append(entry({ id: 'x' }));
  await intent('b');
  await log.append(entry({ id: 'b', decision: 'failed' }));
  await log.append(entry({ id: 'a' }));
  await log.append(entry({ id: 'y' }));
  assert.ok((await readdir(folder)).length > 2);
  for (const limit of [1, 2, 3, 200]) {
    assert.deepEqual(await readAll(log, {}, limit), ['y', 'a', 'b', 'x', 'lost?'], `${limit}`);
  }
  // The settled entry counts: what was only intended is no longer listed as allowed.
  assert.deepEqual(await readAll(log, { decision: 'failed' }), ['b']);
  assert.deepEqual(await readAll(log, { decision: 'allowed' }, 1), ['y', 'a', 'x', 'lost?']);
  await log.close();
  const { log: later } = await open(folder);
  assert.equal((await later.find('a'))?.phase, 'final');
  assert.equal((await later.find('lost'))?.phase, 'intent');
  assert.equal((await later.find('b'))?.decision, 'failed');
  await later.close();
});

test('an id is found by the time in it, and also where that time is wrong', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder, { segmentBytesMax: 1_000 });
  const ids: string[] = [];
  for (let day = 0; day < 6; day += 1) {
    const atMs = startMs + day * 86_400_000;
    const id = createRequestIds({ nowMs: () => atMs })();
    ids.push(id);
    await log.append(entry({ id, atMs }));
  }
  const strayed = createRequestIds({ nowMs: () => startMs + 400 * 86_400_000 })();
  await log.append(entry({ id: strayed, atMs: startMs }));
  await log.close();
  const { log: later } = await open(folder);
  for (const id of [...ids, strayed]) assert.equal((await later.find(id))?.id, id);
  await later.close();
});

test('a torn tail is reported, kept as it is, and nothing is glued to it', async () => {
  const folder = await makeFolder();
  const first = await open(folder);
  await first.log.append(entry({ id: 'a' }));
  await first.log.append(entry({ id: 'b' }));
  await first.log.close();
  const [file] = await readdir(folder);
  const path = join(folder, file!);
  const { size } = await stat(path);
  await truncate(path, size - 10);
  const { log, alarms } = await open(folder);
  const offset = size / 2;
  assert.deepEqual(log.incomplete, [{ file, offset, bytes: size - 10 - offset }]);
  assert.equal(alarms.length, 1);
  assert.match(alarms[0]!, /incomplete/);
  await log.append(entry({ id: 'c' }));
  assert.deepEqual(await readAll(log), ['c', 'a']);
  assert.equal(await log.find('b'), null);
  assert.equal((await stat(path)).size, size - 10);
  await log.close();
});

test('a line that is no entry is reported and passed over', async () => {
  const folder = await makeFolder();
  const { log, alarms } = await open(folder);
  await log.append(entry({ id: 'a' }));
  const [file] = await readdir(folder);
  await log.close();
  await appendFile(join(folder, file!), 'scribble\n{"id":"x"}\n');
  const { log: later, alarms: reported } = await open(folder);
  assert.deepEqual(await readAll(later), ['a']);
  assert.deepEqual([alarms.length, reported.length], [0, 2]);
  await later.close();
});

test('followers hear what was written, in the order of writing, until they stop', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder);
  const heard: AuditEntry[] = [];
  log.follow(() => {
    throw new Error('a follower with trouble of its own');
  });
  const stop = log.follow((each) => heard.push(each));
  await Promise.all(['a', 'b', 'c'].map((id) => log.append(entry({ id }))));
  stop();
  await log.append(entry({ id: 'd' }));
  assert.deepEqual(
    heard,
    ['a', 'b', 'c'].map((id) => entry({ id })),
  );
  await log.close();
});

test('a cursor that no list gave is refused', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder);
  await log.append(entry());
  const [file] = await readdir(folder);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const cursor of [
    '',
    'x',
    encode({}),
    encode(['../../etc/passwd', 1]),
    encode([file]),
    encode([file, 7]),
    encode([file, -1]),
    encode([file, 1e15]),
    encode([file, 0, 0]),
  ]) {
    await assert.rejects(log.list({}, { limit: 5, cursor }), CursorInvalid, cursor);
  }
  await log.close();
});

test('a log that is closed, or whose folder is gone, says so', async () => {
  const folder = await makeFolder();
  const { log } = await open(folder);
  await log.ping();
  await log.append(entry());
  assert.match((await readFile(join(folder, (await readdir(folder))[0]!))).toString(), /^\{"id"/);
  await log.close();
  await assert.rejects(log.append(entry()), AuditUnavailable);
  await assert.rejects(log.ping(), AuditUnavailable);
  const { log: other } = await open(folder);
  await rm(folder, { recursive: true });
  await assert.rejects(other.append(entry()), /folder of the audit log is gone/);
  await assert.rejects(other.ping(), AuditUnavailable);
  await assert.rejects(other.list({}, { limit: 1, cursor: null }), AuditUnavailable);
  await other.close();
  await assert.rejects(openAuditLog(join(import.meta.filename, 'audit')), AuditUnavailable);
});
