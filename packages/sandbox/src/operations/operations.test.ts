import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { callApi, finishJobs, type Answer } from '../testing/caller.ts';
import { loadDescription } from '../testing/schema.ts';
import { operations } from './operations.ts';

const operationCount = 60;
const description = loadDescription();
const skip = description ? false : 'no copy of the API description is at hand';

describe('the operations', () => {
  it('are sixty, each with an id, method and path of its own', () => {
    assert.equal(operations.length, operationCount);
    assert.equal(new Set(operations.map(({ id }) => id)).size, operationCount);
    assert.equal(
      new Set(operations.map(({ method, path }) => `${method} ${path}`)).size,
      operationCount,
    );
  });

  it('are those of the description', { skip }, () => {
    const listed = (all: readonly { id: string; method: string; path: string }[]) =>
      all.map(({ id, method, path }) => `${id} ${method} ${path}`).sort();
    assert.deepEqual(listed(operations), listed(description!.operations));
  });
});

describe('each operation answers with the documented shape', { skip }, () => {
  let sandbox: Sandbox;
  const answered = new Map<string, Answer>();

  before(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
    await callEverything(sandbox, answered);
  });
  after(() => sandbox.close());

  it('by a check that sees what is missing, of the wrong type or not listed', () => {
    const { replies } = description!.operations.find(({ id }) => id === 'getQuota')!;
    const found = description!.check({ aiCredits: { used: 'none' } }, replies['200']!);
    assert.deepEqual(found, [
      '$.aiCredits.limit: is missing',
      '$.aiCredits.used: is "none", not number',
    ]);
  });

  it('after a call of all sixty', () => assert.equal(answered.size, operationCount));

  for (const { id, replies } of description?.operations ?? [])
    it(id, () => {
      const { status, json, headers } = answered.get(id)!;
      const schema = replies[status];
      assert.ok(status < 300, `${id} answered ${status} ${JSON.stringify(json)}`);
      assert.notEqual(schema, undefined, `${status} is not documented`);
      assert.equal(headers.get('x-pictory-sandbox'), 'true');
      if (schema === null) assert.equal(json, undefined);
      else assert.deepEqual(description!.check(json, schema!), []);
    });
});

describe('every operation but the token call', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
  });
  after(() => sandbox.close());

  for (const { id, method, path } of operations.filter((one) => !one.open))
    it(`${id} answers 401 without a credential`, async () => {
      const concrete = path.replace(/\{\w+\}/g, 'some-id');
      const { status, json } = await callApi(sandbox, method, concrete, {
        headers: { Authorization: 'pictai_wrong' },
      });
      assert.equal(status, 401);
      assert.deepEqual(json, { message: 'Unauthorized' });
    });

  it('changed nothing by being refused', () => assert.equal(sandbox.jobs().length, 0));
});

const story = { videoName: 'shapes', scenes: [{ story: 'One sentence. And another.' }] };

/** Calls every operation once with what it needs, in an order in which that exists. */
async function callEverything(sandbox: Sandbox, answered: Map<string, Answer>): Promise<void> {
  const call = async (
    id: string,
    values: Record<string, string> = {},
    body?: unknown,
    query = '',
  ) => {
    const { method, path } = operations.find((one) => one.id === id)!;
    const concrete = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
    const answer = await callApi(sandbox, method, concrete + query, { body });
    answered.set(id, answer);
    return answer.json;
  };
  const { clientId: client_id, clientSecret: client_secret } = sandbox;

  await call('issueToken', {}, { client_id, client_secret });
  const v1 = { videoName: 'v1', scenes: [{ text: 'One. Two.', splitTextOnPeriod: true }] };
  const { jobId: v1Job } = await call('createStoryboardV1', {}, v1);
  const { items: templates } = await call('listTemplates');
  await call('createStoryboardFromTemplateV1', {}, { templateId: templates[0].templateId });
  const { data: preview } = await call(
    'createStoryboardPreview',
    {},
    { ...story, saveProject: true },
  );
  await call('renderStoryboardVideo', {}, story);
  const fileUrl = 'https://media.example/talk.mp4';
  await call('createTranscriptionV1', {}, { fileUrl });
  const { data: transcription } = await call('createTranscription', {}, { fileUrl });
  const prompt = 'A quiet lake';
  await call('createAiImage', {}, { prompt });
  await call('createAiVideo', {}, { prompt });
  finishJobs(sandbox);

  const element = { id: 'scene-1-text-1', elementType: 'SceneText', text: 'Changed.' };
  await call('updateStoryboardElements', { jobid: preview.jobId }, [element]);
  await call('renderStoryboardJobV1', { jobId: v1Job }, {});
  await call('renderFromPreview', { storyboardjobid: preview.jobId });
  const { data: done } = await call('getJob', { jobid: preview.jobId });
  await call('renderVideo', {}, done.renderParams);
  const { json: v1Done } = await callApi(sandbox, 'GET', `/v1/jobs/${v1Job}`);
  await call('createRenderV1', {}, v1Done.data.renderParams);
  const { json: spoken } = await callApi(sandbox, 'GET', `/v1/jobs/${transcription.jobId}`);
  const { transcript } = spoken.data;
  await call('createHighlightsV1', {}, { transcript, highlight_duration: 3 });
  await call('createHighlights', {}, { transcript, highlight_duration: '3' });
  await call('createHighlightsForJob', { jobId: transcription.jobId }, { highlight_duration: 3 });
  finishJobs(sandbox);
  await call('listJobs');

  const { items: projects } = await call('listProjects');
  const projectid = String(projects[0].id);
  const project = await call('getProject', { projectid });
  await call('updateProject', { projectid }, { ...project, projectName: 'Renamed' });
  await call('renderProject', { projectid });
  await call('deleteProject', { projectid });

  const { templateId, scenes } = await call('createTemplate', {}, new Uint8Array([1, 2, 3]));
  await call('getTemplate', { templateId });
  await call('updateTemplate', { templateId }, { scenes });
  await call('deleteTemplate', { templateId });

  await call('searchMedia', {}, undefined, '?keyword=lake&language=en');
  await call('createUploadUrl', {}, { fileName: 'a.mp4', contentType: 'video/mp4' });
  await call('searchMusic', {}, { mood: ['Calm'], pageSize: 20 });
  for (const id of ['listMusicMoods', 'listMusicGenres', 'listMusicGenreGroups']) await call(id);
  for (const id of ['listMusicInstruments', 'listMusicPurposes', 'listVoices']) await call(id);
  const voice = { name: 'Mine', engine: 'neural', service: 'aws', voiceId: 'v-1' };
  await call('createVoice', {}, voice);
  for (const id of ['listAvatars', 'listVideoBrands', 'listStyles', 'listSmartLayouts'])
    await call(id);
  for (const id of ['listStoryboardFonts', 'listAiImages', 'listAiVideos', 'getQuota'])
    await call(id);
  await call('createEditVideoBrand', {}, { name: 'White label' });
  await call('listAiCreditUsage');

  const aws = { name: 'aws', awsAccountId: '123456789012', awsRegion: 'eu-west-1' };
  const { connectionId: awsId } = await call('createAwsConnection', {}, aws);
  await call('listAwsConnections');
  await call('getAwsConnection', { connectionid: awsId });
  await call('updateAwsConnection', { connectionid: awsId }, { enabled: false, version: 1 });
  await call('deleteAwsConnection', { connectionid: awsId });

  const secrets = { clientIdentifier: 'one', clientSecret: 'two', accessToken: 'three' };
  const { connectionId: vimeoId } = await call(
    'createVimeoConnection',
    {},
    { name: 'vimeo', ...secrets },
  );
  await call('listVimeoConnections');
  await call('getVimeoConnection', { connectionid: vimeoId });
  await call('updateVimeoConnection', { connectionid: vimeoId }, { version: 1, name: 'film' });
  await call('deleteVimeoConnection', { connectionid: vimeoId });

  await call('cleanJob', { jobid: v1Job });
}
