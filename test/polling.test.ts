import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { signIn } from './clients/sampleClient.ts';
import { makeClient, type TestClient } from './process/clients.ts';
import { openStage, type Stage } from './process/stage.ts';

const intervalMs = 800;
const intervals = 3;

describe('clients that poll as fast as they are answered', () => {
  let stage: Stage;
  let client: TestClient;
  before(async () => {
    stage = await openStage({ polling: `${intervalMs}ms` });
    client = await makeClient(stage, 'impatient', { preset: 'create-and-read' });
  });
  after(() => stage.dispose());

  /** Starts a job that never ends. */
  async function startJob(): Promise<string> {
    stage.sandbox.fault({ kind: 'stick-job' });
    const sample = await signIn(stage, client);
    const storyboard = { videoName: 'slow', scenes: [{ text: 'One sentence.' }] };
    return (await sample.post('v1/video/storyboard', storyboard)).jobId as string;
  }

  /** Polls until so many intervals have passed; any answer but 2xx is an error. */
  async function poll(job: string): Promise<number> {
    const sample = await signIn(stage, client);
    const endMs = performance.now() + intervals * intervalMs;
    let answered = 0;
    for (; performance.now() < endMs; answered += 1) {
      const { data } = await sample.get(`v1/jobs/${job}`);
      assert.equal(data.status, 'in-progress');
    }
    return answered;
  }

  it('are answered, and cause at most one read upstream per job and interval', async () => {
    const jobs = [await startJob(), await startJob()];
    stage.sandbox.clearRequests();
    const startedMs = performance.now();
    const answered = await Promise.all(
      jobs.flatMap((job) => Array.from({ length: 6 }, () => poll(job))),
    );
    const readsMax = 1 + Math.floor((performance.now() - startedMs) / intervalMs);
    assert.ok(
      answered.every((count) => count > 0),
      `somebody was not answered: ${answered.join(' ')}`,
    );
    for (const job of jobs) {
      const reads = stage.sandbox.requests().filter(({ target }) => target.endsWith(`/${job}`));
      assert.ok(reads.length >= 2, `${reads.length} reads prove nothing`);
      assert.ok(reads.length <= readsMax, `${reads.length} reads, at most ${readsMax} may be`);
    }
  });

  it('see no 429 of the service either, however often it says so', async () => {
    const job = await startJob();
    stage.sandbox.fault({ kind: 'rate-limited', operation: 'getJob', times: 2 });
    assert.ok((await poll(job)) > 0);
    assert.deepEqual(stage.sandbox.faults(), []);
  });

  it('get the last word of a finished job at once and without a further read', async () => {
    const job = await startJob();
    stage.sandbox.finishJob(job);
    stage.sandbox.clearRequests();
    const sample = await signIn(stage, client);
    const replies = [];
    for (let call = 0; call < 20; call += 1) replies.push(await sample.get(`v1/jobs/${job}`));
    assert.deepEqual([...new Set(replies.map(({ data }) => data.status))], ['completed']);
    assert.equal(stage.sandbox.requests().length, 1);
  });
});
