import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addresses } from '../../guards/addresses.ts';
import { schema } from '../../guards/schema.ts';
import { isDenial } from '../../domain/denial.ts';
import type { Json } from '../../domain/shape.ts';
import { pictory } from './provider.ts';
import { samples } from './samples.fixture.ts';

const guard = schema(pictory);

function check(operationId: string, json: Json, preset = 'create-and-read') {
  const operation = pictory.operations.find(({ id }) => id === operationId)!;
  const outcome = guard.check({
    operation,
    parameters: Object.fromEntries(operation.pathParameters.map(({ name }) => [name, 'id1'])),
    query: [],
    content: { bytes: null, json, stream: null },
    grant: {
      scopes: new Set(),
      capabilities: new Set(pictory.presets[preset]!.capabilities),
      remoteHosts: [],
    },
  });
  assert.ok(!(outcome instanceof Promise));
  return outcome;
}

function refusal(operationId: string, json: Json, preset?: string): string {
  const outcome = check(operationId, json, preset);
  return isDenial(outcome) ? `${outcome.code} ${outcome.pointer} ${outcome.hint}` : 'passed';
}

type Members = Readonly<Record<string, Json>>;
const sample = (name: string) => samples[name] as { operationId: string; body: Members };

describe('what the documented clients send', () => {
  for (const [name, { operationId, body }] of Object.entries(samples)) {
    it(`passes with the preset create-and-read: ${name}`, async () => {
      const outcome = check(operationId, body);
      assert.ok(!isDenial(outcome), JSON.stringify(outcome));
      const options = { ports: [443], resolver: null, exemptOrigins: [] };
      const grant = { scopes: new Set<string>(), capabilities: new Set<string>(), remoteHosts: [] };
      assert.deepEqual(await addresses(options).check({ ...outcome, grant }), {});
    });
  }

  it('is counted, and reaches every operation that takes JSON and is not about credits or the account', () => {
    assert.equal(Object.keys(samples).length, 23);
    const reached = new Set(Object.values(samples).map(({ operationId }) => operationId));
    const missed = pictory.operations
      .filter(({ id, body }) => body?.shape && !reached.has(id))
      .map(({ id }) => id);
    assert.deepEqual(missed, [
      'issueToken',
      'updateProject',
      'createHighlightsV1',
      'createVoice',
      'createEditVideoBrand',
      'createAiImage',
      'createAiVideo',
      'createAwsConnection',
      'updateAwsConnection',
      'createVimeoConnection',
      'updateVimeoConnection',
    ]);
  });

  it('needs the capabilities for addresses and webhooks, and is told which', () => {
    assert.equal(
      refusal('createTranscription', { fileUrl: 'https://a.example/b.mp4' }, 'read-only'),
      'capability_missing /fileUrl the field needs the capability remote-urls',
    );
    assert.equal(
      refusal('createHighlightsForJob', { webhook: 'https://a.example/' }, 'read-only'),
      'capability_missing /webhook the field needs the capability webhook',
    );
  });
});

describe('a misspelt field', () => {
  const scene = (more: Members): Members => ({ videoName: 'a', scenes: [{ story: 'b', ...more }] });
  const rows: readonly (readonly [operationId: string, body: Json, expected: string])[] = [
    [
      'createStoryboardPreview',
      { videoNmae: 'a', scenes: [] },
      'field_missing /videoName is required',
    ],
    [
      'createStoryboardPreview',
      { videoName: 'a', voiceover: {} },
      'field_unknown /voiceover did you mean voiceOver?',
    ],
    [
      'createStoryboardPreview',
      scene({ hideSubtitle: true }),
      'field_unknown /scenes/0/hideSubtitle did you mean hideSubtitles?',
    ],
    [
      'createStoryboardPreview',
      scene({ background: { visualURL: 'x' } }),
      'field_unknown /scenes/0/background/visualURL did you mean visualUrl?',
    ],
    ['createUploadUrl', { filename: 'a', contentType: 'b' }, 'field_missing /fileName is required'],
    ['searchMusic', { pagesize: 20 }, 'field_unknown /pagesize did you mean pageSize?'],
  ];
  for (const [operationId, body, expected] of rows) {
    it(`is refused: ${expected}`, () => assert.equal(refusal(operationId, body), expected));
  }
});

describe('a field that costs', () => {
  const v2 = sample('v2 storyboard');
  const withField = (more: Members) => refusal(v2.operationId, { ...v2.body, ...more });
  const scenes = (more: Members) => withField({ scenes: [{ story: 'a', ...more }] });
  const voice = (speaker: Json) =>
    withField({ voiceOver: { enabled: true, aiVoices: [{ speaker }] } });
  const missing = (pointer: string, name: string) =>
    `capability_missing ${pointer} the field needs the capability ${name}`;

  it('needs its capability wherever it stands', () => {
    assert.equal(
      scenes({ background: { aiVisual: { prompt: 'a' } } }),
      missing('/scenes/0/background/aiVisual', 'ai-visual'),
    );
    assert.equal(
      scenes({ elements: [{ type: 'image', aiVisual: {} }] }),
      missing('/scenes/0/elements/0/aiVisual', 'ai-visual'),
    );
    assert.equal(withField({ avatar: { avatarId: 'a' } }), missing('/avatar', 'avatar'));
    assert.equal(scenes({ avatar: {} }), missing('/scenes/0/avatar', 'avatar'));
    assert.equal(
      scenes({ storyCoPilot: { prompt: 'a' } }),
      missing('/scenes/0/storyCoPilot', 'story-copilot'),
    );
    assert.equal(withField({ awsConnectionId: 'a' }), missing('/awsConnectionId', 'aws'));
    assert.equal(withField({ vimeoConnectionId: 'a' }), missing('/vimeoConnectionId', 'vimeo'));
    assert.equal(
      withField({ destinations: [{ type: 's3' }] }),
      missing('/destinations/0', 'destinations'),
    );
    assert.equal(withField({ saveProject: true }), missing('/saveProject', 'save-project'));
    assert.equal(withField({ saveProject: false }), 'passed');
  });

  it('needs it in the open parts of older calls too', () => {
    const v1 = sample('text to video');
    assert.equal(
      refusal(v1.operationId, { ...v1.body, saveProject: true }),
      missing('/saveProject', 'save-project'),
    );
    const render = sample('v2 render');
    const elements = [{ id: 'a', deep: [{ AIVisual: { prompt: 'b' } }] }];
    assert.equal(
      refusal(render.operationId, { ...render.body, elements }),
      missing('/elements/0/deep/0/AIVisual', 'ai-visual'),
    );
  });

  it('is a voice that may be a premium one', () => {
    for (const speaker of [1042, '1042', '21m00Tcm4TlvDq8ikWAM']) {
      assert.match(
        voice(speaker),
        /^capability_missing \/voiceOver\/aiVoices\/0\/speaker .*premium-voice$/,
      );
    }
    for (const speaker of ['Emma', 'Emma 2', 'en-US-Neural2-F'])
      assert.equal(voice(speaker), 'passed');
    const premium = {
      voiceOver: { aiVoices: [{ speaker: 'Emma', premiumVoiceSettings: { stability: '50%' } }] },
    };
    assert.match(withField(premium), /premium-voice$/);
    const v1 = sample('text to video');
    const audio = { aiVoiceOvers: [{ speaker: '1042' }] };
    assert.match(
      refusal(v1.operationId, { ...v1.body, audio }),
      /^capability_missing \/audio\/aiVoiceOvers\/0\/speaker/,
    );
  });

  it('passes with the preset full', () => {
    const body = { ...v2.body, saveProject: true, avatar: { avatarId: 'a', top: '5%' } };
    assert.equal(refusal(v2.operationId, body, 'full'), 'passed');
  });
});

describe('an address that is not marked', () => {
  const addressesOf = (operationId: string, json: Json) => {
    const outcome = check(operationId, json, 'full');
    assert.ok(!isDenial(outcome), JSON.stringify(outcome));
    return outcome.input.addresses.map(({ pointer }) => pointer);
  };

  it('is found in the open parts of a body', () => {
    const bad = 'http://169.254.169.254/';
    assert.deepEqual(addressesOf('createRenderV1', { audio: { tts: [{ src: bad }] } }), [
      '/audio/tts/0/src',
    ]);
    assert.deepEqual(addressesOf('renderVideo', { elements: [{ any: { deep: bad } }] }), [
      '/elements/0/any/deep',
    ]);
    const template = { videoName: 'a', templateId: 't', variables: { PICTURE: bad } };
    assert.deepEqual(addressesOf('createStoryboardPreview', template), ['/variables/PICTURE']);
    assert.deepEqual(addressesOf('updateProject', { videoURL: bad, layout: 'x' }), ['/videoURL']);
    const scenes = [{ backgroundVisual: { visualUrl: bad } }];
    assert.deepEqual(addressesOf('updateTemplate', { scenes }), [
      '/scenes/0/backgroundVisual/visualUrl',
    ]);
  });

  it('is not looked for in what is only given back', () => {
    const body = {
      videoName: 'a',
      templateId: 't',
      webhookInput: { ticket: 'http://jira.local/1' },
    };
    assert.deepEqual(addressesOf('createStoryboardPreview', body), []);
  });
});

describe('an id in a body', () => {
  const references = (operationId: string, json: Json) => {
    const outcome = check(operationId, json, 'full');
    assert.ok(!isDenial(outcome), JSON.stringify(outcome));
    return outcome.input.references.map(({ member, described }) => `${member} ${described}`);
  };

  it('is known by its member, and whether the description names it there', () => {
    assert.deepEqual(references('createStoryboardPreview', { videoName: 'a', templateId: 't' }), [
      'templateId true',
    ]);
    assert.deepEqual(
      references('createStoryboardV1', {
        videoName: 'a',
        scenes: [{ text: 'b' }],
        TemplateId: 't',
      }),
      ['templateId false'],
    );
    assert.deepEqual(references('updateProject', { project_id: 7, scenes: [{ jobId: 'j' }] }), [
      'project_id true',
      'jobId false',
    ]);
    assert.deepEqual(
      references('createStoryboardPreview', { videoName: 'a', webhookInput: { projectId: 'x' } }),
      [],
    );
  });
});
