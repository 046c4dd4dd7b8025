import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { AuditUnavailable } from '../ports/auditStore.ts';
import { Journal, type JournalOptions } from './journal.ts';
import { startMs } from './samples.fixture.ts';
import { dayOf, type SegmentName } from './segmentName.ts';

/** A disk whose writes and syncs wait or fail on demand; no real one does so when a test wants it. */
class Disk {
  readonly segments: DiskSegment[] = [];
  syncs = 0;
  writes = 0;
  failure: NodeJS.ErrnoException | null = null;
  syncFailure: NodeJS.ErrnoException | null = null;
  /** What writes wait for. */
  gate: Promise<void> = Promise.resolve();
  syncGate: Promise<void> = Promise.resolve();

  readonly create = async (name: SegmentName): Promise<DiskSegment> => {
    if (this.failure) throw this.failure;
    const segment = new DiskSegment(this, name);
    this.segments.push(segment);
    return segment;
  };

  get text(): string {
    return this.segments.map(({ text }) => text).join('|');
  }
}

class DiskSegment {
  readonly name: SegmentName;
  readonly #disk: Disk;
  text = '';
  isSound = true;
  isClosed = false;

  constructor(disk: Disk, name: SegmentName) {
    this.#disk = disk;
    this.name = name;
  }

  get bytes(): number {
    return this.text.length;
  }

  async append(data: Buffer): Promise<void> {
    this.#disk.writes += 1;
    await this.#disk.gate;
    if (this.#disk.failure) throw this.#disk.failure;
    this.text += data.toString();
  }

  async sync(): Promise<void> {
    this.#disk.syncs += 1;
    await this.#disk.syncGate;
    if (this.#disk.syncFailure) this.isSound = false;
    if (this.#disk.syncFailure) throw this.#disk.syncFailure;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

function start(change: Partial<JournalOptions> = {}) {
  const disk = new Disk();
  const alarms: string[] = [];
  const journal = new Journal({
    createSegment: disk.create,
    run: '01234567',
    afterMs: 0,
    segmentBytesMax: 1_000,
    waitingLengthMax: 100,
    onWritten: () => {},
    stuckMs: 10_000,
    alarm: (message) => alarms.push(message),
    ...change,
  });
  return { disk, journal, alarms };
}

const coded = (code: string): NodeJS.ErrnoException =>
  Object.assign(new Error('write /secret/path'), { code });

/** A gate that stays shut until it is opened. */
function makeGate(): { readonly gate: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { gate: promise, open: resolve };
}

test('all entries of one turn share a write, and the durable ones a sync', async () => {
  const { disk, journal } = start();
  await Promise.all('abcdef'.split('').map((line) => journal.append(line, startMs, line > 'c')));
  assert.equal(disk.text, 'abcdef');
  assert.deepEqual([disk.writes, disk.syncs], [1, 1]);
});

test('while a sync is under way, entries go on being written in order', async () => {
  const { disk, journal } = start();
  const { gate, open } = makeGate();
  disk.syncGate = gate;
  const durable = journal.append('a', startMs, true);
  await setTimeout(5);
  await journal.append('b', startMs, false);
  const later = journal.append('c', startMs, true);
  await setTimeout(5);
  assert.equal(disk.text, 'abc');
  open();
  await Promise.all([durable, later]);
  assert.equal(disk.syncs, 2);
});

test('a failed write rejects its entries, says why once, and the next one is tried', async () => {
  const { disk, journal, alarms } = start();
  disk.failure = coded('ENOSPC');
  for (let tries = 0; tries < 3; tries += 1) {
    await assert.rejects(journal.append('a', startMs, false), (error) => {
      assert.ok(error instanceof AuditUnavailable);
      assert.equal(error.message, 'the disk of the audit log is full');
      return true;
    });
  }
  disk.failure = null;
  await journal.append('b', startMs, true);
  assert.equal(disk.text, 'b');
  assert.deepEqual(alarms, ['the disk of the audit log is full', 'the audit log is written again']);
});

test('after a failed sync nothing more is written to that segment', async () => {
  const { disk, journal } = start();
  await journal.append('a', startMs, true);
  disk.syncFailure = coded('EIO');
  await assert.rejects(journal.append('b', startMs, true), /disk of the audit log failed/);
  disk.syncFailure = null;
  await journal.append('c', startMs, true);
  assert.deepEqual(
    disk.segments.map(({ text, isClosed }) => [text, isClosed]),
    [
      ['ab', true],
      ['c', false],
    ],
  );
});

test('a new segment begins with a new day and at the size, never with an older name', async () => {
  const { disk, journal } = start({ segmentBytesMax: 5, afterMs: startMs + 50 });
  await journal.append('aaa', startMs, false);
  await journal.append('bbb', startMs - 86_400_000, false);
  await journal.append('c', startMs, false);
  await journal.append('d', startMs + 86_400_000, false);
  assert.equal(disk.text, 'aaabbb|c|d');
  const times = disk.segments.map(({ name }) => name.fromMs);
  assert.deepEqual(times, [startMs + 51, startMs + 52, startMs + 86_400_000]);
  assert.equal(dayOf(times[2]!), dayOf(startMs) + 1);
});

test('a silent disk makes entries wait up to a limit and a number, and then refuses at once', async () => {
  const { disk, journal, alarms } = start({ stuckMs: 40 });
  const { gate, open } = makeGate();
  disk.gate = gate;
  const waiting = [journal.append('a', startMs, false)];
  await setTimeout(5);
  waiting.push(journal.append('b'.repeat(99), startMs, true));
  await assert.rejects(journal.append('cc', startMs, false), /does not keep up/);
  const outcomes = await Promise.allSettled(waiting);
  assert.ok(outcomes.every(({ status }) => status === 'rejected'));
  await assert.rejects(journal.append('d', startMs, false), /does not answer/);
  assert.throws(() => journal.check(), AuditUnavailable);
  open();
  await setTimeout(5);
  await journal.append('e', startMs, true);
  assert.deepEqual(alarms, [
    'the disk of the audit log does not answer',
    'the audit log is written again',
  ]);
  assert.equal(disk.text, 'ae');
});

test('a sync that never ends rejects what waits for it, and recovers when it ends', async () => {
  const { disk, journal } = start({ stuckMs: 40 });
  const { gate, open } = makeGate();
  disk.syncGate = gate;
  await assert.rejects(journal.append('a', startMs, true), /does not answer/);
  await assert.rejects(journal.append('b', startMs, false), /does not answer/);
  open();
  await setTimeout(5);
  await journal.append('c', startMs, true);
  assert.equal(disk.text, 'ac');
});

test('closing waits for what was appended and refuses what comes later', async () => {
  const { disk, journal } = start();
  const last = journal.append('a', startMs, true);
  await journal.close();
  await last;
  assert.equal(disk.segments[0]?.isClosed, true);
  await assert.rejects(journal.append('b', startMs, false), /is closed/);
});
