import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Timers } from '../ports/timers.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import { createPoller, type Poller, type PollerOptions } from './polling.ts';

/** Time that passes only when told to. */
class Time implements Timers {
  nowMs = 1_000;
  readonly #pending = new Map<() => void, number>();

  readonly clock = { monotonicMs: () => this.nowMs };

  get pending(): number {
    return this.#pending.size;
  }

  after(delayMs: number, action: () => void): () => void {
    this.#pending.set(action, this.nowMs + delayMs);
    return () => this.#pending.delete(action);
  }

  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await settled();
      const due = [...this.#pending]
        .filter(([, at]) => at <= untilMs)
        .sort((a, b) => a[1] - b[1])[0];
      if (!due) break;
      this.nowMs = due[1];
      this.#pending.delete(due[0]);
      due[0]();
    }
    this.nowMs = untilMs;
    await settled();
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const reply = (text: string, status = 200): UpstreamReply => ({
  status,
  headers: [],
  body: Buffer.from(text),
  headMs: 1,
});

const textOf = (outcome: UpstreamReply | Denial): string =>
  isDenial(outcome) ? outcome.code : Buffer.from(outcome.body as Uint8Array).toString();

function setUp(options: Partial<PollerOptions> = {}) {
  const time = new Time();
  const poller = createPoller({
    clock: time.clock,
    timers: time,
    intervalMs: 10_000,
    isFinished: (one) => textOf(one).startsWith('done'),
    finishedKeepMs: 60_000,
    finishedBytesMax: 100_000,
    holdMsMax: 25_000,
    ...options,
  });
  const reads: number[] = [];
  let answer: (read: number) => UpstreamReply | Denial | Promise<UpstreamReply | Denial> = (read) =>
    reply(`running ${read}`);
  const read = async () => {
    reads.push(time.nowMs);
    return answer(reads.length);
  };
  const results: string[] = [];
  const poll = (gone = new AbortController().signal, key = 'job') => {
    const outcome = poller.read(key, read, gone);
    outcome.then(
      (one) => results.push(textOf(one)),
      (error: Error) => results.push(`failed: ${error.message}`),
    );
    return outcome;
  };
  return {
    time,
    poller,
    reads,
    results,
    poll,
    answerWith: (next: typeof answer) => (answer = next),
  };
}

describe('the poller', () => {
  it('answers the first poll at once', async () => {
    const { time, poll, results, reads } = setUp();
    void poll();
    await time.pass(0);
    assert.deepEqual(results, ['running 1']);
    assert.deepEqual(reads, [1_000]);
  });

  it('holds a poll that comes too early until the next read is due', async () => {
    const { time, poll, results, reads } = setUp();
    await poll();
    void poll();
    await time.pass(9_999);
    assert.deepEqual(results, ['running 1']);
    await time.pass(1);
    assert.deepEqual(results, ['running 1', 'running 2']);
    assert.deepEqual(reads, [1_000, 11_000]);
  });

  it('lets polls at the same time share one read', async () => {
    const { time, poll, results, reads } = setUp();
    for (let count = 0; count < 50; count += 1) void poll();
    await time.pass(0);
    assert.equal(reads.length, 1);
    assert.deepEqual(
      results,
      Array.from({ length: 50 }, () => 'running 1'),
    );
  });

  it('lets polls that are held share the next read, with one timer', async () => {
    const { time, poll, results, reads } = setUp();
    await poll();
    for (let count = 0; count < 20; count += 1) {
      void poll();
      await time.pass(100);
    }
    assert.equal(time.pending, 1);
    await time.pass(10_000);
    assert.equal(reads.length, 2);
    assert.equal(results.filter((text) => text === 'running 2').length, 20);
  });

  it('reads at once when the last read is an interval ago', async () => {
    const { time, poll, reads } = setUp();
    await poll();
    await time.pass(10_000);
    await poll();
    assert.deepEqual(reads, [1_000, 11_000]);
  });

  it('counts the interval from the start of a read', async () => {
    const { time, poll, reads, answerWith } = setUp();
    let finish: (one: UpstreamReply) => void = () => {};
    answerWith(() => new Promise((resolve) => (finish = resolve)));
    void poll();
    await time.pass(15_000);
    void poll();
    await time.pass(0);
    assert.equal(reads.length, 1, 'the second poll joins the read under way');
    finish(reply('running'));
    await time.pass(0);
    void poll();
    await time.pass(0);
    assert.deepEqual(reads, [1_000, 16_000]);
  });

  it('paces each job on its own', async () => {
    const { time, poll, reads } = setUp();
    await poll(undefined, 'one');
    await poll(undefined, 'two');
    assert.equal(reads.length, 2);
    assert.equal(time.pending, 0);
  });

  it('answers from memory once the job is finished, for a while', async () => {
    const { time, poll, reads, answerWith } = setUp();
    answerWith((count) => reply(`done ${count}`));
    assert.equal(textOf(await poll()), 'done 1');
    await time.pass(59_999);
    assert.equal(textOf(await poll()), 'done 1');
    await time.pass(1);
    assert.equal(textOf(await poll()), 'done 2');
    assert.equal(reads.length, 2);
  });

  it('does not answer from memory what was changed since', async () => {
    const { time, poll, poller, answerWith } = setUp();
    answerWith((count) => reply(`done ${count}`));
    await poll();
    poller.forget('job');
    const outcome = poll();
    await time.pass(10_000);
    assert.equal(textOf(await outcome), 'done 2');
  });

  it('passes on what went wrong, to all who wait, and keeps the pace', async () => {
    const { time, poll, results, reads, answerWith } = setUp();
    answerWith((count) => {
      if (count === 1) return deny('upstream_unreachable');
      throw new Error('the store is down');
    });
    void poll();
    void poll();
    await time.pass(0);
    void poll();
    await time.pass(10_000);
    assert.deepEqual(results, [
      'upstream_unreachable',
      'upstream_unreachable',
      'failed: the store is down',
    ]);
    assert.deepEqual(reads, [1_000, 11_000]);
  });

  it('holds on over a 429 of the upstream, as long as a client may be held', async () => {
    const { time, poll, results, reads, answerWith } = setUp();
    answerWith((count) => (count < 3 ? reply('slow down', 429) : reply('running')));
    void poll();
    await time.pass(19_999);
    assert.deepEqual(results, []);
    await time.pass(1);
    assert.deepEqual(results, ['running']);
    assert.deepEqual(reads, [1_000, 11_000, 21_000]);
  });

  it('gives the 429 to a poll that would have to be held too long', async () => {
    const { time, poll, results, answerWith } = setUp();
    answerWith(() => reply('slow down', 429));
    void poll();
    await time.pass(20_000);
    assert.deepEqual(results, ['slow down']);
    assert.equal(time.pending, 0);
  });

  it('holds no poll over other failures of the upstream', async () => {
    const { time, poll, results, answerWith } = setUp();
    answerWith(() => reply('broken', 503));
    void poll();
    await time.pass(0);
    assert.deepEqual(results, ['broken']);
  });

  it('lets a caller who leaves go at once, and drops the timer with the last one', async () => {
    const { time, poll, results } = setUp();
    await poll();
    const [first, second] = [new AbortController(), new AbortController()];
    void poll(first.signal);
    void poll(second.signal);
    first.abort();
    await time.pass(0);
    assert.deepEqual(results, ['running 1', 'caller_gone']);
    assert.equal(time.pending, 1);
    second.abort();
    await time.pass(0);
    assert.equal(time.pending, 0);
  });

  it('does not read for a caller who left before', async () => {
    const { poll, reads } = setUp();
    assert.equal(textOf(await poll(AbortSignal.abort())), 'caller_gone');
    assert.equal(reads.length, 0);
  });

  it('aborts a read when the last who wait for it leave, and not before', async () => {
    const { time, poller } = setUp();
    let signal: AbortSignal | undefined;
    const read = (gone: AbortSignal) => {
      signal = gone;
      return new Promise<Denial>((resolve) =>
        gone.addEventListener('abort', () => resolve(deny('caller_gone'))),
      );
    };
    const [first, second] = [new AbortController(), new AbortController()];
    void poller.read('job', read, first.signal);
    void poller.read('job', read, second.signal);
    await time.pass(0);
    first.abort();
    assert.equal(signal?.aborted, false);
    second.abort();
    assert.equal(signal?.aborted, true);
    await time.pass(0);
  });

  it('gives a read that was abandoned to nobody', async () => {
    const { time, poll, results, answerWith } = setUp();
    let finish: (one: Denial) => void = () => {};
    answerWith((count) =>
      count === 1 ? new Promise((resolve) => (finish = resolve)) : reply('running'),
    );
    const leaving = new AbortController();
    void poll(leaving.signal);
    await time.pass(0);
    leaving.abort();
    void poll();
    finish(deny('caller_gone'));
    await time.pass(10_000);
    assert.deepEqual(results, ['caller_gone', 'running']);
  });

  it('leaves no listener behind on the signal of a caller', async () => {
    const { poll } = setUp();
    const controller = new AbortController();
    const added: string[] = [];
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (added.push('+'), add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (
      added.push('-'),
      remove(...args)
    );
    await poll(signal);
    assert.deepEqual(added, ['+', '-']);
  });

  it('refuses to share a reply that is not buffered', async () => {
    const { poll, answerWith, results, time } = setUp();
    answerWith(() => ({ ...reply(''), body: (async function* () {})() }));
    poll().catch(() => {});
    await time.pass(0);
    assert.match(results[0]!, /^failed: .*must be buffered/);
  });

  it('remembers no job longer than its pace needs', async () => {
    const { time, poll, poller } = setUp();
    for (let count = 0; count < 500; count += 1) await poll(undefined, `job ${count}`);
    assert.equal(poller.size(), 500);
    await time.pass(10_000);
    await poll(undefined, 'another');
    assert.equal(poller.size(), 1);
  });
});

describe('last words', () => {
  it('are kept within their bytes, the least recently used going first', async () => {
    const { time, poll, reads, answerWith } = setUp({ finishedBytesMax: 3 * (1_024 + 104) });
    answerWith(() => reply(`done${'x'.repeat(100)}`));
    for (const key of ['a', 'b', 'c']) await poll(undefined, key);
    await poll(undefined, 'a');
    await poll(undefined, 'd');
    assert.equal(reads.length, 4);
    for (const key of ['a', 'c', 'd']) await poll(undefined, key);
    assert.equal(reads.length, 4, 'these are still kept');
    void poll(undefined, 'b');
    await time.pass(10_000);
    assert.equal(reads.length, 5, 'this one had to go');
  });

  it('that are too large are not kept, and push no other out', async () => {
    const { time, poll, reads, answerWith } = setUp({ finishedBytesMax: 2_000 });
    answerWith((count) => reply(count === 1 ? 'done' : `done${'x'.repeat(2_000)}`));
    await poll(undefined, 'small');
    await poll(undefined, 'large');
    await poll(undefined, 'small');
    assert.equal(reads.length, 2);
    void poll(undefined, 'large');
    await time.pass(10_000);
    assert.equal(reads.length, 3);
  });
});

describe('whatever clients do', () => {
  const step = fc.record({
    waitMs: fc.nat(4_000),
    job: fc.constantFrom('a', 'b'),
    leavesAfterMs: fc.option(fc.nat(20_000), { nil: null }),
  });

  it('a job is read at most once per interval, and every poll ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const time = new Time();
        const poller: Poller = createPoller({
          clock: time.clock,
          timers: time,
          intervalMs: 10_000,
          isFinished: () => false,
          finishedKeepMs: 0,
          finishedBytesMax: 0,
          holdMsMax: 25_000,
        });
        const reads = new Map<string, number[]>();
        let open = 0;
        for (const { waitMs, job, leavesAfterMs } of steps) {
          await time.pass(waitMs);
          const caller = new AbortController();
          if (leavesAfterMs !== null) time.after(leavesAfterMs, () => caller.abort());
          open += 1;
          const outcome = poller.read(
            job,
            async () => {
              reads.set(job, [...(reads.get(job) ?? []), time.nowMs]);
              return reply('running');
            },
            caller.signal,
          );
          void outcome.then(() => (open -= 1));
        }
        await time.pass(60_000);
        assert.equal(open, 0);
        assert.equal(time.pending, 0);
        for (const times of reads.values()) {
          for (let at = 1; at < times.length; at += 1) {
            assert.ok(times[at]! - times[at - 1]! >= 10_000, `read at ${times.join()}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
