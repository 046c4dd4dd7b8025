import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { callApi, finishJobs } from '../testing/caller.ts';

const request = (story: string, more: object = {}) => ({
  videoName: 'life',
  scenes: [{ story, ...more }],
});

describe('the life of a job', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({
      clock: 'manual',
      quotaLimits: { aiCredits: 10, videoMinutes: 1 },
    });
  });
  afterEach(() => sandbox.close());

  const start = async (body: object, path = '/v2/video/storyboard/render') => {
    const { status, json } = await callApi(sandbox, 'POST', path, { body });
    assert.equal(status, 200, JSON.stringify(json));
    return String(json.data.jobId ?? json.data.job_id);
  };
  const read = async (id: string) => (await callApi(sandbox, 'GET', `/v1/jobs/${id}`)).json;

  it('is in-progress, gets on, and is completed when the clock says so', async () => {
    const id = await start(request('Hello from the gateway.'));
    const first = await read(id);
    assert.equal(first.data.status, 'in-progress');
    assert.equal(first.data.renderProgress, 0);
    assert.equal(first.data.renderState, 'RUNNING');
    const [job] = sandbox.jobs();
    const lifeMs = job!.finishesAtMs - job!.startedAtMs;
    sandbox.advance(lifeMs / 2);
    assert.equal((await read(id)).data.renderProgress, 50);
    sandbox.advance(lifeMs / 2 - 1);
    assert.equal((await read(id)).data.status, 'in-progress');
    sandbox.advance(1);
    const { job_id, success, data } = await read(id);
    assert.equal(job_id, id);
    assert.equal(success, true);
    assert.equal(data.status, 'completed');
    assert.equal(data.progress, 100);
    assert.ok(data.videoShareURL.endsWith('/share.mp4'));
    assert.equal(data.shareVideoURL, undefined, 'that is the v1 name');
  });

  it('lasts longer for a longer script, and shorter at a higher speed', async () => {
    await start(request('Short.'));
    await start(request('A much longer story. '.repeat(20)));
    const [long, short] = sandbox.jobs();
    const life = (job: typeof long) => job!.finishesAtMs - job!.startedAtMs;
    assert.ok(life(long) > life(short));
    const fast = await startSandbox({ clock: 'manual', speed: 10 });
    await callApi(fast, 'POST', '/v2/video/storyboard/render', { body: request('Short.') });
    assert.equal(life(fast.jobs()[0]), Math.round(life(short) / 10));
    await fast.close();
  });

  it('never says in-progress once it is finished, whatever the caller wrote', async () => {
    const preview = await start(
      { ...request('The work is in-progress.'), videoName: 'in-progress' },
      '/v2/video/storyboard',
    );
    sandbox.fault({ kind: 'fail-job', errorMessage: 'still in-progress' });
    const failing = await start(request('Anything.'));
    finishJobs(sandbox);
    for (const id of [preview, failing]) {
      const text = JSON.stringify(await read(id));
      assert.ok(!text.includes('in-progress'), text);
    }
    const list = await callApi(sandbox, 'GET', '/v1/jobs');
    assert.ok(!JSON.stringify(list.json).includes('in-progress'));
  });

  it('charges minutes and credits when completed, and nothing when failed', async () => {
    const visual = {
      background: { type: 'image', aiVisual: { prompt: 'a lake', model: 'nanobanana' } },
    };
    const id = await start(
      request('Ten words make four seconds of video when they are spoken.', visual),
    );
    sandbox.fault({ kind: 'fail-job' });
    await start(request('Never.', visual));
    const quota = async () => (await callApi(sandbox, 'GET', '/v1/quota')).json;
    assert.equal((await quota()).aiCredits.used, 0);
    finishJobs(sandbox);
    const { videoDuration, aiCreditsUsed } = (await read(id)).data;
    assert.equal(aiCreditsUsed, 4);
    assert.equal((await quota()).aiCredits.used, 4);
    assert.ok(Math.abs((await quota()).videoMinutes.used - videoDuration / 60) < 0.0001);
    const { json: ledger } = await callApi(sandbox, 'GET', '/v1/aicredits/usage');
    assert.deepEqual(
      ledger.map((entry: { type: string; amount: number }) => [entry.type, entry.amount]),
      [
        ['debit', 4],
        ['credit', 10],
      ],
    );
  });

  it('fails at once without the credits for it, those of running jobs counted', async () => {
    const prompt = 'A quiet lake';
    const first = await start({ prompt, model: 'pixverse5.5' }, '/v1/aistudio/videos');
    const second = await start({ prompt, model: 'nanobanana' }, '/v1/aistudio/images');
    const failed = await read(second);
    assert.equal(failed.success, false);
    assert.equal(failed.data.status, 'failed');
    assert.equal(failed.data.error_code, 'INSUFFICIENT_CREDITS');
    finishJobs(sandbox);
    assert.equal((await read(first)).data.aiCreditsUsed, 8);
    assert.equal((await read(first)).data.duration, '5s');
    const { json: images } = await callApi(sandbox, 'GET', '/v1/aistudio/images');
    assert.deepEqual(images.items, []);
  });

  it('fails for an unknown speaker and for a background that is not there', async () => {
    const speaker = await start({
      ...request('Hello.'),
      voiceOver: { enabled: true, aiVoices: [{ speaker: 'Timm' }] },
    });
    const background = await start(
      request('Hello.', { background: { visualUrl: 'https://gone.invalid/a.mp4' } }),
    );
    assert.equal((await read(speaker)).data.status, 'in-progress');
    finishJobs(sandbox);
    assert.equal((await read(speaker)).data.error_code, 'TEXT_TO_VIDEO_FAILED');
    assert.match((await read(speaker)).data.error_message, /\[Timm\]/);
    assert.equal((await read(background)).data.error_code, 'SCENE_BACKGROUND_VISUAL_NOT_FOUND');
  });

  it('can be cleaned when finished, again and again, and its files are gone', async () => {
    const id = await start(request('Hello.'));
    const clean = () => callApi(sandbox, 'DELETE', `/v1/jobs/${id}/clean`);
    assert.equal((await clean()).status, 400);
    finishJobs(sandbox);
    const { videoURL } = (await read(id)).data;
    assert.equal((await fetch(videoURL)).status, 200);
    for (let count = 0; count < 2; count += 1)
      assert.deepEqual((await clean()).json, { success: true });
    assert.deepEqual(await read(id), { job_id: id, success: true, data: { status: 'cleaned' } });
    assert.equal((await fetch(videoURL)).status, 404);
  });

  it('answers for an unknown id with 404 or 200, as is set', async () => {
    const unknown = () => callApi(sandbox, 'GET', '/v1/jobs/nobody');
    const body = {
      job_id: 'nobody',
      success: false,
      data: { error_code: '5000', error_message: 'JOB_NOT_FOUND' },
    };
    assert.equal((await unknown()).status, 404);
    sandbox.account.settings.jobNotFoundStatus = 200;
    assert.equal((await unknown()).status, 200);
    assert.deepEqual((await unknown()).json, body);
  });

  it('is stuck, or of another length, when a fault says so', async () => {
    sandbox.fault({ kind: 'stick-job' });
    sandbox.fault({ kind: 'job-time', runMs: 5 });
    const [stuck, quick] = [await start(request('One.')), await start(request('Two.'))];
    sandbox.advance(5);
    assert.equal((await read(quick)).data.status, 'completed');
    finishJobs(sandbox);
    assert.equal((await read(stuck)).data.status, 'in-progress');
    assert.equal(sandbox.finishJob(stuck, { code: 'X', message: 'given up' }), true);
    assert.equal((await read(stuck)).data.error_code, 'X');
    assert.equal(sandbox.finishJob(stuck), false);
  });
});

describe('the list of jobs', () => {
  it('is the whole account, newest first, page by page', async () => {
    const sandbox = await startSandbox({ clock: 'manual' });
    sandbox.account.settings.jobsPageSize = 2;
    const started: string[] = [];
    for (const prompt of ['first one', 'second one', 'third one', 'fourth one', 'fifth one']) {
      const { json } = await callApi(sandbox, 'POST', '/v1/aistudio/images', { body: { prompt } });
      started.unshift(json.data.jobId);
    }
    const listed: string[] = [];
    let pages = 0;
    for (let key: string | null = ''; key !== null; pages += 1) {
      const query: string = key ? `?nextPageKey=${encodeURIComponent(key)}` : '';
      const { json } = await callApi(sandbox, 'GET', `/v1/jobs${query}`);
      listed.push(...json.items.map((item: { data: { jobId: string } }) => item.data.jobId));
      key = json.nextPageKey;
    }
    assert.deepEqual(listed, started);
    assert.equal(pages, 3);
    const { json } = await callApi(sandbox, 'GET', '/v1/jobs?nextPageKey=nonsense');
    assert.deepEqual(json, { items: [], nextPageKey: null });
    await sandbox.close();
  });
});
