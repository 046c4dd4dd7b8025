import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { makeClient, type TestClient } from './process/clients.ts';
import { offline } from './process/ground.ts';
import { openStage, type Stage } from './process/stage.ts';
import {
  forms,
  schemes,
  signIn,
  wait,
  waitWithNewTokens,
  type Json,
} from './clients/sampleClient.ts';
import { officialSamples } from './clients/samples.ts';

const openOfflineStage = async (): Promise<Stage> => {
  const stage = await openStage({ config: offline });
  stage.sandbox.fault({ kind: 'drop-webhook', times: 'unlimited' });
  return stage;
};
const allOfCreateAndRead = { preset: 'create-and-read' };

/** What reached the sandbox, by operation, polls in a row counted once. */
const callsOf = ({ sandbox }: Stage): readonly string[] =>
  sandbox
    .requests()
    .map(({ operation, method }) => operation ?? method)
    .filter((name, index, all) => name !== 'getJob' || all[index - 1] !== 'getJob');

/** Every call of the API that reached the sandbox carries the real credential and nothing of the caller's. */
function checkIdentity({ sandbox }: Stage, client: TestClient): void {
  for (const { operation, headers } of sandbox.requests()) {
    if (operation === null) continue;
    const sent = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
    assert.equal(sent.get('authorization'), sandbox.apiKey);
    assert.equal(sent.get('x-pictory-user-id'), client.id);
    assert.match(sent.get('user-agent')!, /^Mozilla\/5\.0 /);
  }
}

describe('an official sample goes through with the preset create-and-read', () => {
  let stage: Stage;
  let client: TestClient;
  before(async () => {
    stage = await openOfflineStage();
    client = await makeClient(stage, 'samples', allOfCreateAndRead);
  });
  beforeEach(() => stage.sandbox.clearRequests());
  after(() => stage.dispose());

  for (const [name, { form, run, calls }] of Object.entries(officialSamples)) {
    it(name, async () => {
      await run(await signIn(stage, client, { form }), stage.edge);
      assert.deepEqual(callsOf(stage), calls);
      checkIdentity(stage, client);
    });
  }

  it('and all twelve are there', () => assert.equal(Object.keys(officialSamples).length, 12));
});

describe('whatever a client makes of its base address and its credential', () => {
  let stage: Stage;
  let client: TestClient;
  before(async () => {
    stage = await openOfflineStage();
    client = await makeClient(stage, 'forms', allOfCreateAndRead);
  });
  beforeEach(() => stage.sandbox.clearRequests());
  after(() => stage.dispose());

  let cases = 0;
  for (const [formName, form] of Object.entries(forms)) {
    for (const [schemeName, scheme] of Object.entries(schemes)) {
      for (const by of ['token', 'key'] as const) {
        cases += 1;
        it(`${formName}, a ${schemeName} ${by}`, async () => {
          const sample = await signIn(stage, client, { form, scheme, by });
          const { data } = await sample.post('v2/video/storyboard', {
            videoName: 'forms',
            scenes: [{ story: 'One sentence.' }],
          });
          assert.equal((await wait(sample, data.jobId)).status, 'completed');
          const search = await sample.get('v1/media/search?keyword=sea&language=en');
          assert.ok(search.data.searchResults.length > 0);
          assert.deepEqual(callsOf(stage), ['createStoryboardPreview', 'getJob', 'searchMedia']);
          const targets = stage.sandbox.requests().map(({ target }) => target);
          assert.ok(targets.every((target) => /^\/pictoryapis\/v[12]\/[^/]/.test(target)));
        });
      }
    }
  }
  it('is counted', () => assert.equal(cases, 20));

  it('generateUrl is known in every case', async () => {
    const sample = await signIn(stage, client);
    for (const route of ['generateurl', 'generateUrl', 'generateURL', 'GENERATEURL']) {
      const { data } = await sample.post(`v1/media/${route}`, {
        fileName: 'a.mp4',
        contentType: 'video/mp4',
      });
      assert.ok(URL.canParse(data.signedUrl));
    }
    assert.deepEqual(
      stage.sandbox.requests().map(({ target }) => target),
      Array.from({ length: 4 }, () => '/pictoryapis/v1/media/generateurl'),
    );
  });

  it('a new token before each poll, as the sample of the white-label editor does', async () => {
    const sample = await signIn(stage, client, { scheme: schemes.raw });
    const fileUrl = 'https://media.example.com/clip.mp4';
    const { data } = await sample.post('v2/transcription', { fileUrl, language: 'en-US' });
    const { editVideoUrl } = await waitWithNewTokens(sample, data.jobId);
    assert.ok(URL.canParse(editVideoUrl));
    assert.ok(!callsOf(stage).includes('issueToken'));
  });

  it('a wrong id or secret gets the token call refused as the service does', async () => {
    const other = await makeClient(stage, 'other', allOfCreateAndRead);
    const pairs = [
      { client_id: client.id, client_secret: other.key },
      { client_id: client.id, client_secret: `${client.key.slice(0, -1)}!` },
      { client_id: 'nobody', client_secret: client.key },
    ];
    const answers = [];
    for (const pair of pairs) {
      const { status, text } = await stage.edge.send(
        'POST',
        `${stage.origin}/pictoryapis/v1/oauth2/token`,
        { headers: { 'content-type': 'application/json' }, body: JSON.stringify(pair) },
      );
      answers.push(`${status} ${text}`);
    }
    assert.deepEqual(
      [...new Set(answers)],
      ['401 {"code":"UNAUTHORIZED","message":"Invalid client id or client secret"}'],
    );
    assert.deepEqual(stage.sandbox.requests(), []);
  });
});

describe('the skill', () => {
  it('lists voices and music, searches, renders and waits, and learns of an unknown job', async () => {
    const stage = await openOfflineStage();
    try {
      const client = await makeClient(stage, 'skill', allOfCreateAndRead);
      const skill = await signIn(stage, client, {
        form: forms['host and prefix'],
        by: 'key',
        headers: {
          'User-Agent':
            'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)',
        },
      });
      const voices: Json[] = await skill.get('v1/voiceovers/tracks');
      const search = await skill.get('v1/media/search?keyword=city+night&language=en');
      assert.ok(search.data.searchResults.every(({ preview }: Json) => preview.jpg));
      const music = await skill.post('v1/music/search', {
        page: 1,
        pageSize: 20,
        sort: 'featured',
      });
      for (const words of ['moods', 'genres', 'purposes'])
        assert.ok((await skill.get(`v1/music/${words}`)).length > 0);
      const { data } = await skill.post('v2/video/storyboard/render', {
        videoName: 'skill',
        aspectRatio: '16:9',
        voiceOver: { enabled: true, aiVoices: [{ speaker: voices[0].name }] },
        backgroundMusic: { enabled: true, musicUrl: music.items[0].audioUrl, volume: 0.1 },
        scenes: [
          {
            story: 'A story.',
            background: { searchFilter: { query: 'city', keywords: ['city'] } },
          },
        ],
      });
      const { status, videoURL } = await wait(skill, data.jobId);
      assert.equal(status, 'completed');
      assert.equal((await stage.edge.send('GET', videoURL)).status, 200);
      const unknown = await stage.edge.send('GET', `${stage.origin}/pictoryapis/v1/jobs/none`, {
        headers: { authorization: client.key },
      });
      assert.equal((unknown.json as Json).data.error_message, 'JOB_NOT_FOUND');
      checkIdentity(stage, client);
    } finally {
      await stage.dispose();
    }
  });
});
