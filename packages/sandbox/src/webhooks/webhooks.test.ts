import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { callApi, finishJobs } from '../testing/caller.ts';
import { startReceiver, type Receiver } from '../testing/receiver.ts';

describe('a webhook', () => {
  let sandbox: Sandbox;
  let receiver: Receiver;
  beforeEach(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const start = async (more: object = {}) => {
    const body = { videoName: 'x', webhook: receiver.url, scenes: [{ story: 'Hi.' }], ...more };
    const { json } = await callApi(sandbox, 'POST', '/v2/video/storyboard/render', { body });
    return String(json.data.jobId);
  };
  const finish = async () => {
    finishJobs(sandbox);
    await sandbox.webhooksSettled();
  };

  it('comes once, at the end of the job, unsigned, with what GET shows and the echo', async () => {
    const webhookInput = { order: 7, nested: { a: ['b'] } };
    const id = await start({ webhookInput });
    assert.equal(receiver.received.length, 0);
    await finish();
    assert.equal(receiver.received.length, 1);
    const [{ method, headers, json }] = receiver.received as [(typeof receiver.received)[0]];
    assert.equal(method, 'POST');
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers['x-pictory-sandbox'], 'true');
    assert.ok(Object.keys(headers).every((name) => !/signature|authorization/i.test(name)));
    const shown = await callApi(sandbox, 'GET', `/v1/jobs/${id}`);
    assert.deepEqual(json, { ...shown.json, webhookInput });
    assert.deepEqual(sandbox.webhooks()[0]!.attempts, [{ status: 200 }]);
  });

  it('is not sent for a job that asked for none', async () => {
    await callApi(sandbox, 'POST', '/v1/aistudio/images', { body: { prompt: 'A quiet lake' } });
    await finish();
    assert.equal(receiver.received.length, 0);
  });

  it('tells of a failure in either of the two shapes', async () => {
    sandbox.fault({ kind: 'fail-job', errorCode: 'E1', errorMessage: 'first', times: 2 });
    sandbox.fault({ kind: 'webhook-failure-shape', shape: 'top-level' });
    const [first, second] = [await start(), await start()];
    await finish();
    const failure = { error_code: 'E1', error_message: 'first' };
    const byId = new Map(receiver.received.map(({ json }) => [json.job_id, json]));
    assert.deepEqual(byId.get(first), {
      job_id: first,
      success: false,
      ...failure,
      data: { status: 'failed' },
    });
    assert.deepEqual(byId.get(second), {
      job_id: second,
      success: false,
      data: { status: 'failed', ...failure },
    });
    sandbox.account.settings.webhookFailureShape = 'top-level';
    sandbox.fault({ kind: 'fail-job' });
    await start();
    await finish();
    assert.equal(receiver.received.at(-1)!.json.error_code, 'TEXT_TO_VIDEO_FAILED');
  });

  it('can be dropped, doubled and late', async () => {
    sandbox.fault({ kind: 'drop-webhook' });
    await start();
    await finish();
    assert.equal(receiver.received.length, 0);
    assert.equal(sandbox.webhooks()[0]!.fault, 'drop-webhook');

    sandbox.fault({ kind: 'duplicate-webhook', copies: 3 });
    await start();
    await finish();
    assert.equal(receiver.received.length, 3);
    assert.deepEqual(receiver.received[0]!.json, receiver.received[2]!.json);

    sandbox.fault({ kind: 'delay-webhook', delayMs: 30 });
    await start();
    finishJobs(sandbox);
    assert.equal(receiver.received.length, 3);
    await sandbox.webhooksSettled();
    assert.equal(receiver.received.length, 4);
  });

  it('can come before the answer to the request that started the job', async () => {
    sandbox.fault({ kind: 'webhook-before-response' });
    const id = await start();
    assert.equal(receiver.received[0]!.json.job_id, id);
  });

  it('is not repeated by default, and repeated until a 2xx when set so', async () => {
    receiver.statuses.push(500);
    await start();
    await finish();
    assert.equal(receiver.received.length, 1);
    sandbox.account.settings.webhookRetries = 5;
    receiver.statuses.push(500, 302, 204);
    await start();
    await finish();
    assert.deepEqual(sandbox.webhooks()[1]!.attempts, [
      { status: 500 },
      { status: 302 },
      { status: 204 },
    ]);
  });

  it('to nobody is noted and harms nothing', async () => {
    await start({ webhook: 'http://127.0.0.1:9/closed' });
    await finish();
    const [attempt] = sandbox.webhooks()[0]!.attempts;
    assert.ok('error' in attempt!, JSON.stringify(attempt));
    await start({ webhook: 'ftp://127.0.0.1/odd' });
    await finish();
    assert.ok('error' in sandbox.webhooks()[1]!.attempts[0]!);
  });
});
