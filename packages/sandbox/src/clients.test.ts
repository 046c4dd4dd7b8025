import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from './index.ts';

/**
 * The official samples and the official skill, call by call in their order: paths put together as they do,
 * a raw token or key, polling without a pause, and of each reply only what they read.
 */

// oxlint-disable-next-line typescript/no-explicit-any -- the samples read replies without types
type Json = any;

interface Client {
  readonly get: (route: string) => Promise<Json>;
  readonly post: (route: string, body: unknown, type?: string) => Promise<Json>;
  readonly put: (route: string, body: unknown) => Promise<Json>;
}

describe('the official clients', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ speed: 4000 });
  });
  beforeEach(() => sandbox.clearRequests());
  after(() => sandbox.close());

  /** The three forms of a base address that are in use, each with the routes that go with it. */
  const hostOnly = () => ({ base: sandbox.url, prefix: '/pictoryapis/' });
  const withSlash = () => ({ base: `${sandbox.url}/pictoryapis/`, prefix: '' });
  const doubled = () => ({ base: `${sandbox.url}/pictoryapis/`, prefix: '/' });

  async function signIn({ base, prefix }: { base: string; prefix: string }): Promise<Client> {
    const send = async (method: string, route: string, headers: object, body?: unknown) => {
      const response = await fetch(base + prefix + route, {
        method,
        headers: { 'User-Agent': 'axios/1.7.9', ...headers },
        ...(body === undefined
          ? {}
          : { body: body instanceof Buffer ? body : JSON.stringify(body) }),
      });
      assert.equal(response.ok, true, `${method} ${route} answered ${response.status}`);
      return response.json();
    };
    const credentials = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret };
    const type = { 'Content-Type': 'application/json' };
    const { access_token } = (await send('POST', 'v1/oauth2/token', type, credentials)) as Json;
    const headers = { ...type, Authorization: access_token, 'X-Pictory-User-Id': 'sample' };
    return {
      get: (route) => send('GET', route, headers),
      post: (route, body, contentType = type['Content-Type']) =>
        send('POST', route, { ...headers, 'Content-Type': contentType }, body),
      put: (route, body) => send('PUT', route, headers, body),
    };
  }

  /** As ten of the samples wait: ask again at once while the whole reply says in-progress anywhere. */
  async function wait(client: Client, id: string): Promise<Json> {
    let reply = await client.get(`v1/jobs/${id}`);
    while (JSON.stringify(reply).includes('in-progress')) reply = await client.get(`v1/jobs/${id}`);
    return reply.data;
  }

  async function download(url: string): Promise<void> {
    const response = await fetch(url);
    assert.equal(response.status, 200);
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.equal(bytes.toString('latin1', 4, 8), 'ftyp');
  }

  async function upload(client: Client, route: string): Promise<string> {
    const { data } = await client.post(route, {
      fileName: 'testvideo.mp4',
      contentType: 'video/mp4',
    });
    const sent = await fetch(data.signedUrl, {
      method: 'PUT',
      body: Buffer.from('stand-in'),
      headers: { 'Content-Type': 'video/mp4' },
    });
    assert.equal(sent.status, 200);
    return data.url;
  }

  /** The operations called, polls of one job in a row counted once. */
  const calls = () =>
    sandbox
      .requests()
      .map(({ operation, method }) => operation ?? method)
      .filter((name, index, all) => name !== 'getJob' || all[index - 1] !== 'getJob');

  const voiceOver = { speaker: 'Jackson', speed: 100, amplifyLevel: 0 };
  const audio = { autoBackgroundMusic: 'true', backGroundMusicVolume: 0.5, aiVoiceOver: voiceOver };
  const scene = {
    text: 'One sentence of a story. And then another one.',
    fontFamily: 'Roboto',
    textColor: '#00FF00',
    fontSize: 32,
    textBackgroundColor: '#000000',
    voiceOver: true,
    splitTextOnNewLine: false,
    splitTextOnPeriod: true,
  };
  const storyboard = {
    videoName: 'sample',
    videoDescription: 'sample',
    language: 'en',
    audio,
    scenes: [scene],
  };
  const logo = {
    url: 'https://logo.example/a.png',
    verticalAlignment: 'top',
    horizontalAlignment: 'right',
  };

  const previewAndRender = async (client: Client, body: unknown) => {
    const { jobId } = await client.post('v1/video/storyboard', body);
    const { renderParams, preview } = await wait(client, jobId);
    assert.ok(preview);
    const { audio, output, scenes } = renderParams;
    const render = {
      audio,
      output,
      scenes,
      next_generation_video: true,
      containsTextToImage: true,
    };
    const { data } = await client.post('v1/video/render', render);
    await download((await wait(client, data.job_id)).shareVideoURL);
  };
  const storyboardCalls = ['createStoryboardV1', 'getJob', 'createRenderV1', 'getJob', 'GET'];

  const storyboards: Readonly<Record<string, object>> = {
    'text to video, basic': storyboard,
    'add a brand logo': { ...storyboard, brandLogo: logo },
    'add text styles': {
      ...storyboard,
      textStyles: { fontFamily: 'Lato', fontSize: '30', textColor: '#fff' },
    },
    'intro and outro': {
      ...storyboard,
      scenes: [
        {
          backgroundUri: 'https://media.example/intro.mp4',
          backgroundType: 'video',
          voiceOver: false,
        },
        scene,
        {
          backgroundUri: 'https://media.example/outro.mp4',
          backgroundType: 'video',
          voiceOver: false,
        },
      ],
    },
    'visual to video': {
      ...storyboard,
      scenes: [{ ...scene, backgroundUri: 'https://media.example/a.jpg', backgroundType: 'image' }],
    },
    'blog to video': { ...storyboard, scenes: [{ article_url: 'https://blog.example/post' }] },
  };
  for (const [name, body] of Object.entries(storyboards))
    it(`${name}: token, storyboard, jobs, render, jobs, download`, async () => {
      await previewAndRender(await signIn(hostOnly()), body);
      assert.deepEqual(calls(), ['issueToken', ...storyboardCalls]);
    });

  it('update the voice-over text: the first parameters with the text and times of a second storyboard', async () => {
    const client = await signIn(hostOnly());
    const first = await client.post('v1/video/storyboard', storyboard);
    const { renderParams } = await wait(client, first.jobId);
    const scenes = renderParams.scenes.map((one: Json) => ({
      ...scene,
      text: `${one.sub_scenes.flatMap((sub: Json) => sub.text_lines.map((line: Json) => line.text)).join(' ')} Updated.`,
      splitTextOnPeriod: false,
      backgroundUri: one.background.src[0].url,
      backgroundType: one.background.src[0].type,
      loopBackgroundVideo: one.background.src[0].loop_video,
      muteBackgroundVideo: one.background.src[0].mute,
    }));
    const second = await client.post('v1/video/storyboard', { ...storyboard, scenes });
    const { renderParams: updated } = await wait(client, second.jobId);
    assert.equal(updated.scenes.length, renderParams.scenes.length);
    renderParams.audio.tts = updated.audio.tts;
    for (const [index, one] of renderParams.scenes.entries()) {
      one.sub_scenes = updated.scenes[index].sub_scenes;
      one.time = updated.scenes[index].time;
      one.subtitles = updated.scenes[index].subtitles;
    }
    const { data } = await client.post('v1/video/render', renderParams);
    const done = await wait(client, data.job_id);
    assert.match(await (await fetch(done.txtFile)).text(), /Updated\./);
  });

  it('storyboard with visual search: the first result as background, rendered both ways', async () => {
    const client = await signIn(withSlash());
    const { data: found } = await client.get('v1/media/search?keyword=nature&language=en');
    const backgroundUri = found.searchResults[0].preview.url;
    const { jobId } = await client.post('v1/video/storyboard', {
      ...storyboard,
      scenes: [{ ...scene, backgroundUri, backgroundType: 'video' }],
    });
    const { renderParams } = await wait(client, jobId);
    const first = await client.post('v1/video/render', renderParams);
    await wait(client, first.data.job_id);
    const second = await client.put(`v1/video/render/${jobId}`, {});
    await download((await wait(client, second.data.job_id)).shareVideoURL);
    assert.deepEqual(calls(), [
      'issueToken',
      'searchMedia',
      'createStoryboardV1',
      'getJob',
      'createRenderV1',
      'getJob',
      'renderStoryboardJobV1',
      'getJob',
      'GET',
    ]);
  });

  it('bulletin style, v2: token, storyboard and render in one, jobs', async () => {
    const client = await signIn(withSlash());
    const { data } = await client.post('v2/video/storyboard/render', {
      videoName: 'bulletin',
      voiceOver: {
        enabled: true,
        aiVoices: [{ speaker: 'Brian', speed: 100, amplificationLevel: 0 }],
      },
      scenes: [
        { story: 'First point.\nSecond point.', createSceneOnNewLine: true, caption: 'Points' },
      ],
    });
    await download((await wait(client, data.jobId)).videoURL);
    assert.deepEqual(calls(), ['issueToken', 'renderStoryboardVideo', 'getJob', 'GET']);
  });

  it('template to video: the file, a preview, its parameters sent back', async () => {
    const client = await signIn(hostOnly());
    const file = Buffer.from('a .pictai file');
    const template = await client.post('v1/templates', file, 'application/octet-stream');
    const { data: preview } = await client.post('v1/video/from-template', {
      templateId: template.templateId,
      variables: {},
      scenes: [{ insertAfterSceneId: template.scenes[0].sceneId, text: 'Put in between.' }],
    });
    const { renderParams } = await wait(client, preview.jobId);
    const { audio, output, scenes } = renderParams;
    const { data } = await client.put(`v1/video/render/${preview.jobId}`, {
      audio,
      output,
      scenes,
    });
    await download((await wait(client, data.job_id)).shareVideoURL);
    assert.deepEqual(calls(), [
      'issueToken',
      'createTemplate',
      'createStoryboardFromTemplateV1',
      'getJob',
      'renderStoryboardJobV1',
      'getJob',
      'GET',
    ]);
  });

  const transcribe = async (client: Client, fileUrl: string) => {
    const request = { fileUrl, mediaType: 'video', language: 'en-US' };
    const { data } = await client.post('v2/transcription', request);
    return wait(client, data.jobId);
  };

  it('video transcription: link, upload, transcription, jobs', async () => {
    const client = await signIn(hostOnly());
    const { transcript, editVideoUrl } = await transcribe(
      client,
      await upload(client, 'v1/media/generateUrl'),
    );
    assert.ok(transcript.flatMap(({ words }: Json) => words).length >= 2);
    assert.ok(URL.canParse(editVideoUrl));
    assert.deepEqual(calls(), [
      'issueToken',
      'createUploadUrl',
      'PUT',
      'createTranscription',
      'getJob',
    ]);
  });

  it('audio to video: transcription, and its text with the upload as voice becomes the storyboard', async () => {
    const client = await signIn(doubled());
    const voiceOverUri = await upload(client, 'v1/media/generateurl');
    const { txt } = await transcribe(client, voiceOverUri);
    assert.ok(txt.length > 0);
    await previewAndRender(client, {
      ...storyboard,
      audio: { voiceOverUri, autoSyncVoiceOver: true },
      scenes: [{ ...scene, text: txt }],
    });
    assert.deepEqual(calls().slice(-5), storyboardCalls);
  });

  it('video highlights: the transcript sent back, the chosen words become the storyboard', async () => {
    const client = await signIn(hostOnly());
    const { transcript } = await transcribe(client, await upload(client, 'v1/media/generateUrl'));
    const { data } = await client.post('v2/transcription/highlights', {
      transcript,
      highlight_duration: 3,
      language: 'en',
    });
    const highlighted = await wait(client, data.jobId);
    const words = highlighted.transcript.flatMap((sentence: Json) => sentence.words);
    const chosen = words.filter(({ highlight }: Json) => highlight);
    assert.ok(chosen.length > 0 && chosen.length < words.length);
    const text = chosen.map(({ word }: Json) => word).join(' ');
    await previewAndRender(client, { ...storyboard, scenes: [{ ...scene, text }] });
  });

  it('audio to video with b-roll: scenes from word times, then PUT of the storyboard job', async () => {
    const client = await signIn(hostOnly());
    const audioUri = 'https://audio.example/talk.mp3';
    const { transcript } = await transcribe(client, audioUri);
    const first = transcript[0].words[0];
    const last = transcript.at(-1).words.at(-1);
    const { jobId } = await client.post('v1/video/storyboard', {
      videoName: 'audio_to_video',
      videoWidth: 1920,
      videoHeight: 1080,
      language: 'en',
      audio: { voiceOverUri: audioUri },
      scenes: [
        {
          text: first.word,
          subtitle: true,
          backgroundUri: 'https://images.example/photo?w=1080&q=80',
          backgroundType: 'image',
          minimumDuration: last.end_time - first.start_time,
          voiceOver: true,
        },
      ],
    });
    assert.ok((await wait(client, jobId)).preview);
    const { data } = await client.put(`v1/video/render/${jobId}`, {});
    const { videoDuration } = await wait(client, data.job_id);
    assert.ok(videoDuration >= last.end_time - first.start_time);
  });

  it('the skill: voices, search, music, its options, render and wait, an unknown job', async () => {
    const headers = {
      Authorization: sandbox.apiKey,
      'User-Agent': 'Mozilla/5.0',
      'Content-Type': 'application/json',
    };
    const call = async (method: string, path: string, body?: unknown): Promise<Json> => {
      const response = await fetch(`${sandbox.url}/pictoryapis${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.json();
    };
    const voices = await call('GET', '/v1/voiceovers/tracks');
    assert.ok(voices.some(({ name, language }: Json) => name === 'Martin' && language === 'en-US'));
    const { data: search } = await call('GET', '/v1/media/search?keyword=city+night&language=en');
    assert.ok(search.searchResults.every(({ preview }: Json) => preview.jpg));
    const music = await call('POST', '/v1/music/search', {
      page: 1,
      pageSize: 20,
      sort: 'featured',
    });
    for (const words of ['moods', 'genres', 'purposes'])
      assert.ok((await call('GET', `/v1/music/${words}`)).length > 0);
    const { data } = await call('POST', '/v2/video/storyboard/render', {
      videoName: 'skill',
      aspectRatio: '16:9',
      voiceOver: { enabled: true, aiVoices: [{ speaker: voices[0].id }] },
      backgroundMusic: { enabled: true, musicUrl: music.items[0].audioUrl, volume: 0.1 },
      scenes: [
        { story: 'A story.', background: { searchFilter: { query: 'city', keywords: ['city'] } } },
      ],
    });
    let job = await call('GET', `/v1/jobs/${data.jobId}`);
    while (job.data.status === 'in-progress') job = await call('GET', `/v1/jobs/${data.jobId}`);
    assert.equal(job.data.status, 'completed');
    await download(job.data.videoURL);
    sandbox.account.settings.jobNotFoundStatus = 200;
    const unknown = await call('GET', '/v1/jobs/none');
    assert.equal(unknown.success, false);
    assert.equal(unknown.data.error_message, 'JOB_NOT_FOUND');
  });
});
