import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { callApi, finishJobs } from '../testing/caller.ts';

describe('storyboards', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
  });
  after(() => sandbox.close());

  const post = (path: string, body: unknown) => callApi(sandbox, 'POST', path, { body });
  const done = async (id: string) => {
    finishJobs(sandbox);
    return (await callApi(sandbox, 'GET', `/v1/jobs/${id}`)).json.data;
  };

  it('are refused with the broken fields by name, and then no job exists', async () => {
    const before = sandbox.jobs().length;
    const cases: [object, string[]][] = [
      [{}, ['videoName', 'scenes']],
      [{ videoName: 'x'.repeat(151), scenes: [{ story: 'a' }] }, ['videoName']],
      [{ videoName: 'x', scenes: [] }, ['scenes']],
      [
        { videoName: 'x', scenes: [{ story: 'a', blogUrl: 'https://a.example/' }] },
        ['scenes[0].blogUrl'],
      ],
      [{ videoName: 'x', scenes: [{ story: 'a'.repeat(15_001) }] }, ['scenes[0].story']],
      [
        { videoName: 'x', scenes: [{ audioUrl: 'https://a.example/a.mp3' }] },
        ['scenes[0].audioLanguage'],
      ],
      [{ videoName: 'x', scenes: [{}] }, ['scenes[0]']],
      [{ videoName: 'x', videoWidth: 100, scenes: [{ story: 'a' }] }, ['videoHeight']],
      [{ videoName: 'x', brandId: 'a', brandName: 'b', scenes: [{ story: 'a' }] }, ['brandName']],
      [
        { videoName: 'x', smartLayoutId: 'l', scenes: [{ story: 'a', maxSubtitleLines: 2 }] },
        ['scenes[0].maxSubtitleLines'],
      ],
      [
        {
          videoName: 'x',
          backgroundMusic: { autoMusic: true, musicUrl: 'https://m.example/' },
          scenes: [{ story: 'a' }],
        },
        ['backgroundMusic.musicUrl'],
      ],
    ];
    for (const [body, names] of cases) {
      const { status, json } = await post('/v2/video/storyboard', body);
      assert.equal(status, 400, JSON.stringify(body));
      assert.equal(json.code, 'INVALID_REQUEST_BODY');
      assert.deepEqual(
        json.fields.map(({ name }: { name: string }) => name),
        names,
      );
      assert.ok(json.fields.every(({ errors }: { errors: unknown }) => Array.isArray(errors)));
    }
    assert.equal(sandbox.jobs().length, before);
  });

  it('of v2 lose misspelt fields without a word', async () => {
    const body = { videoName: 'x', vidoeWidth: 5, scenes: [{ story: 'a', storry: 'b' }] };
    const { json } = await post('/v2/video/storyboard', body);
    const { storyboard } = await done(json.data.jobId);
    assert.deepEqual(storyboard, { videoName: 'x', scenes: [{ story: 'a' }] });
  });

  it('of v1 give the render parameters that their clients read and change', async () => {
    const body = {
      videoName: 'v1',
      videoWidth: '1080',
      videoHeight: '1920',
      audio: {
        autoBackgroundMusic: 'true',
        aiVoiceOver: { speaker: 'Jackson', speed: 100, amplifyLevel: 0 },
      },
      scenes: [
        {
          text: 'First sentence. Second one.',
          fontFamily: 'Roboto',
          fontSize: 32,
          voiceOver: true,
          splitTextOnPeriod: true,
        },
      ],
    };
    const { json } = await post('/v1/video/storyboard', body);
    assert.equal(json.jobId, json.data.jobId);
    const { preview, renderParams } = await done(json.jobId);
    assert.equal((await fetch(preview)).status, 200);
    assert.equal(renderParams.scenes.length, 2);
    assert.deepEqual(renderParams.scenes[0].sub_scenes[0].text_lines, [
      { text: 'First sentence.' },
    ]);
    const [source] = renderParams.scenes[0].background.src;
    assert.deepEqual(Object.keys(source), ['url', 'type', 'loop_video', 'mute']);
    assert.equal((await fetch(source.url)).headers.get('content-type'), 'video/mp4');
    assert.ok(Array.isArray(renderParams.audio.tts));
    assert.equal(renderParams.output.height, 1920);
  });

  it('of v2 can have their elements changed, and are rendered as changed', async () => {
    const { json } = await post('/v2/video/storyboard', {
      videoName: 'x',
      scenes: [{ story: 'Before.' }],
    });
    const { jobId } = json.data;
    const put = (body: unknown) =>
      callApi(sandbox, 'PUT', `/v2/video/storyboard/${jobId}/elements`, { body });
    const change = { id: 'scene-1-text-1', elementType: 'SceneText', text: 'After.' };
    assert.equal((await put([change])).status, 400, 'the job is not finished yet');
    await done(jobId);
    const unknown = await put([change, { ...change, id: 'none' }]);
    assert.deepEqual(unknown.json.fields[0].name, '[1].id');
    assert.equal((await put([])).status, 400);
    assert.equal((await put([change])).status, 204);
    const render = await callApi(sandbox, 'PUT', `/v2/video/render/${jobId}`, {});
    const { srtFile } = await done(render.json.data.jobId);
    assert.match(await (await fetch(srtFile)).text(), /\nAfter\.\n$/);
  });

  it('are not rendered before they are finished, nor when they are something else', async () => {
    const { json } = await post('/v1/aistudio/images', { prompt: 'A quiet lake' });
    const render = (id: string) => callApi(sandbox, 'PUT', `/v1/video/render/${id}`, { body: {} });
    assert.equal((await render(json.data.jobId)).status, 404);
    const started = await post('/v2/video/storyboard', {
      videoName: 'x',
      scenes: [{ story: 'a' }],
    });
    assert.equal((await render(started.json.data.jobId)).status, 400);
  });

  it('are saved as projects when asked, and those can be rendered', async () => {
    const body = { videoName: 'Saved', saveProject: true, scenes: [{ story: 'Keep me.' }] };
    const { json } = await post('/v2/video/storyboard', body);
    const { projectId, projectUrl } = await done(json.data.jobId);
    assert.equal((await fetch(projectUrl)).status, 200);
    const { json: listed } = await callApi(sandbox, 'GET', '/v2/projects');
    assert.equal(listed.items[0].id, projectId);
    const render = await callApi(sandbox, 'POST', `/v2/projects/${projectId}/render`);
    const { txtFile } = await done(render.json.data.jobId);
    assert.equal(await (await fetch(txtFile)).text(), 'Keep me.\n');
  });

  it('are made from templates with their variables filled and scenes put in', async () => {
    const { json: template } = await callApi(sandbox, 'POST', '/v1/templates', {
      body: new Uint8Array([1]),
    });
    const [scene, last] = template.scenes;
    await callApi(sandbox, 'PUT', `/v1/templates/${template.templateId}`, {
      body: { scenes: [{ ...scene, subtitles: [{ text: 'Hello {{name}}.' }] }, last] },
    });
    const { json } = await post('/v1/video/from-template', {
      templateId: template.templateId,
      variables: { name: 'Ada' },
      scenes: [{ insertAfterSceneId: scene.sceneId, text: 'Put in.' }],
    });
    const { renderParams } = await done(json.data.jobId);
    const texts = renderParams.scenes.map(
      (one: { sub_scenes: { text_lines: { text: string }[] }[] }) =>
        one.sub_scenes[0]!.text_lines[0]!.text,
    );
    assert.deepEqual(texts, ['Hello Ada.', 'Put in.', 'And this is the last one.']);
  });

  it('of v2 can be a template too, or are told that there is none', async () => {
    const { json: listed } = await callApi(sandbox, 'GET', '/v1/templates');
    const { templateId } = listed.items[0];
    const { json } = await post('/v2/video/storyboard', { videoName: 'From template', templateId });
    const { renderParams } = await done(json.data.jobId);
    assert.equal(renderParams.output.name, 'From template');
    assert.ok(renderParams.elements.length > 0);
    const none = await post('/v2/video/storyboard/render', { videoName: 'x', templateId: 'none' });
    assert.equal(none.status, 404);
    assert.equal((await post('/v1/video/from-template', { templateId: 'none' })).status, 404);
  });

  it('cost generated clips by the second and the model', async () => {
    const aiVisual = { prompt: 'waves', model: 'veo3.1_fast', videoDuration: '6s' };
    const { json } = await post('/v2/video/storyboard', {
      videoName: 'x',
      scenes: [{ story: 'a', background: { type: 'video', aiVisual } }],
    });
    const job = sandbox.jobs().find(({ id }) => id === json.data.jobId)!;
    assert.deepEqual(
      job.charges.map(({ amount, source }) => [amount, source]),
      [[60, 'Text-to-Video']],
    );
  });

  it('cost an avatar and a premium voice extra', async () => {
    const { json } = await post('/v2/video/storyboard', {
      videoName: 'x',
      avatar: { avatarId: 'avatar-1' },
      voiceOver: { enabled: true, aiVoices: [{ speaker: 2001 }] },
      scenes: [{ story: 'word '.repeat(100) }],
    });
    await done(json.data.jobId);
    const job = sandbox.jobs().find(({ id }) => id === json.data.jobId)!;
    assert.deepEqual(
      job.charges.map(({ quota, amount }) => [quota, amount]),
      [
        ['aiCredits', 30],
        ['elevenLabsVoiceOverMinutes', 0.6667],
      ],
    );
  });
});
