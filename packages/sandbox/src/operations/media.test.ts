import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { callApi, finishJobs } from '../testing/caller.ts';

describe('uploads', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
  });
  after(() => sandbox.close());

  const link = async () => {
    const body = { fileName: '../my talk.mp4', contentType: 'video/mp4' };
    const { json } = await callApi(sandbox, 'POST', '/v1/media/generateUrl', { body });
    return json.data as { signedUrl: string; url: string; key: string };
  };
  const put = (url: string, contentType = 'video/mp4') =>
    fetch(url, {
      method: 'PUT',
      body: Buffer.from([1, 2, 3]),
      headers: { 'Content-Type': contentType },
    });

  it('go to the signed link without a credential, and are public at once', async () => {
    const { signedUrl, url, key } = await link();
    assert.match(key, /^teams\/[\w-]+\/users\/[\w-]+\/[\da-f-]{36}\/[\w.-]+$/);
    assert.equal((await fetch(url)).status, 404);
    assert.equal((await put(signedUrl)).status, 200);
    const stored = await fetch(url);
    assert.equal(stored.headers.get('content-type'), 'video/mp4');
    assert.deepEqual([...new Uint8Array(await stored.arrayBuffer())], [1, 2, 3]);
  });

  it('are refused with another content type, another key or a changed time', async () => {
    const { signedUrl } = await link();
    const { key: otherKey } = await link();
    const { pathname, search } = new URL(signedUrl);
    assert.equal((await put(signedUrl, 'video/webm')).status, 403);
    assert.equal((await put(`${sandbox.url}/uploads/${otherKey}${search}`)).status, 403);
    const later = search.replace(/expiresAt=\d+/, 'expiresAt=99999999999999');
    const refused = await put(sandbox.url + pathname + later);
    assert.match(await refused.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
  });

  it('are good for a day and not a moment longer', async () => {
    const { signedUrl } = await link();
    sandbox.advance(86_400_000 - 1);
    assert.equal((await put(signedUrl)).status, 200);
    sandbox.advance(1);
    assert.equal((await put(signedUrl)).status, 403);
  });

  it('are transcribed when they arrived, and fail the job when they did not', async () => {
    const [there, missing] = [await link(), await link()];
    await put(there.signedUrl);
    const transcribe = async (fileUrl: string) => {
      const { json } = await callApi(sandbox, 'POST', '/v2/transcription', { body: { fileUrl } });
      finishJobs(sandbox);
      const { jobId } = json.data;
      return { jobId, data: (await callApi(sandbox, 'GET', `/v1/jobs/${jobId}`)).json.data };
    };
    const { jobId, data } = await transcribe(there.url);
    assert.ok(data.transcript[0].words.length >= 2);
    assert.equal((await fetch(data.editVideoUrl)).status, 200);
    assert.match(data.srt, /^1\n00:00:00,000 --> /);
    assert.match(data.vtt, /^WEBVTT\n/);
    assert.equal((await transcribe(missing.url)).data.error_code, 'TRANSCRIPTION_FAILED');
    await callApi(sandbox, 'DELETE', `/v1/jobs/${jobId}/clean`);
    assert.equal((await fetch(there.url)).status, 404, 'cleaning erases the inputs too');
  });
});

describe('files', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
  });
  after(() => sandbox.close());

  it('of a search can be read until their links expire', async () => {
    const { json } = await callApi(sandbox, 'GET', '/v1/media/search?keyword=lake');
    const [{ preview }] = json.data.searchResults;
    assert.equal((await fetch(preview.url)).status, 200);
    sandbox.advance(3_600_000);
    assert.equal((await fetch(preview.url)).status, 403);
  });

  it('are everything that a reply links to, and nothing else', async () => {
    const { json: templates } = await callApi(sandbox, 'GET', '/v1/templates');
    const { templateId } = templates.items[0];
    const { json: template } = await callApi(sandbox, 'GET', `/v1/templates/${templateId}`);
    const { json: voices } = await callApi(sandbox, 'GET', '/v1/voiceovers/tracks');
    const { json: music } = await callApi(sandbox, 'POST', '/v1/music/search', { body: {} });
    const { json: avatars } = await callApi(sandbox, 'GET', '/v1/avatars');
    const links = [
      template.project,
      template.structure,
      template.scenes[0].backgroundVisual.url,
      voices[0].sample,
      music.items[0].audioUrl,
      avatars.items[0].looks[0].image,
      avatars.items[0].looks[0].video,
    ];
    for (const link of links) assert.equal((await fetch(link)).status, 200, link);
    for (const path of [
      'stock/other-1.mp4',
      'jobs/none/video.mp4',
      'templates/none',
      'projects/none',
      'none',
    ])
      assert.equal((await fetch(`${sandbox.url}/files/${path}`)).status, 404, path);
  });

  it('can be read in parts', async () => {
    const url = `${sandbox.url}/files/stock/clip-1.mp4`;
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    const part = async (range: string) => {
      const response = await fetch(url, { headers: { Range: range } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return [response.status, response.headers.get('content-range'), bytes] as const;
    };
    const size = whole.length;
    assert.deepEqual(await part('bytes=4-7'), [206, `bytes 4-7/${size}`, whole.subarray(4, 8)]);
    assert.deepEqual(await part('bytes=-4'), [
      206,
      `bytes ${size - 4}-${size - 1}/${size}`,
      whole.subarray(-4),
    ]);
    assert.deepEqual(await part(`bytes=8-`), [
      206,
      `bytes 8-${size - 1}/${size}`,
      whole.subarray(8),
    ]);
    assert.equal((await part(`bytes=${size}-`))[0], 416);
    assert.equal((await part('pages=1-2'))[0], 200);
  });

  it('of every job kind are of their type', async () => {
    const start = async (path: string, body: object) =>
      (await callApi(sandbox, 'POST', path, { body })).json.data.jobId as string;
    const render = await start('/v2/video/storyboard/render', {
      videoName: 'x',
      aspectRatio: '9:16',
      scenes: [{ story: 'Hi.' }],
    });
    const image = await start('/v1/aistudio/images', { prompt: 'A quiet lake' });
    const video = await start('/v1/aistudio/videos', { prompt: 'A quiet lake', duration: '8s' });
    finishJobs(sandbox);
    const typeOf = async (url: string) => (await fetch(url)).headers.get('content-type');
    const read = async (id: string) => (await callApi(sandbox, 'GET', `/v1/jobs/${id}`)).json.data;
    const done = await read(render);
    assert.equal(await typeOf(done.videoURL), 'video/mp4');
    assert.equal(await typeOf(done.videoShareURL), 'video/mp4');
    assert.equal(await typeOf(done.audioURL), 'audio/mpeg');
    assert.equal(await typeOf(done.thumbnail), 'image/png');
    assert.equal(await typeOf(done.srtFile), 'application/x-subrip; charset=utf-8');
    assert.equal(await typeOf(done.vttFile), 'text/vtt; charset=utf-8');
    assert.equal(await typeOf(done.txtFile), 'text/plain; charset=utf-8');
    assert.equal(await typeOf((await read(image)).url), 'image/png');
    assert.equal(await typeOf((await read(video)).lastFrameImageUrl), 'image/png');
    assert.equal(await typeOf(`${sandbox.url}/files/jobs/${render}/none.txt`), 'application/json');
  });
});
