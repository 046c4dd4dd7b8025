import assert from 'node:assert/strict';
import { samples as bodies } from '../../packages/gateway/src/providers/pictory/samples.fixture.ts';
import type { Https } from '../process/https.ts';
import { forms, wait, type Form, type Json, type SampleClient } from './sampleClient.ts';

/** One official sample: how it addresses the service, what it calls, and what arrives upstream of that. */
export interface OfficialSample {
  readonly form: Form;
  readonly run: (client: SampleClient, storage: Https) => Promise<void>;
  /** Operations in order, polls of one job in a row counted once; `PUT` and `GET` are uploads and downloads by link. */
  readonly calls: readonly string[];
}

const body = (name: string): Json => structuredClone(bodies[name]!.body);

async function download(storage: Https, url: string): Promise<void> {
  const { status, bytes } = await storage.send('GET', url);
  assert.equal(status, 200);
  assert.equal(bytes.toString('latin1', 4, 8), 'ftyp');
}

async function upload(client: SampleClient, storage: Https, route: string): Promise<string> {
  const { data } = await client.post(route, { fileName: 'video.mp4', contentType: 'video/mp4' });
  const sent = await storage.send('PUT', data.signedUrl, {
    headers: { 'content-type': 'video/mp4' },
    body: 'a stand-in for a large file',
  });
  assert.equal(sent.status, 200);
  return data.url;
}

async function previewAndRender(client: SampleClient, storage: Https, storyboard: unknown) {
  const { jobId } = await client.post('v1/video/storyboard', storyboard);
  const { renderParams, preview } = await wait(client, jobId);
  assert.ok(preview);
  const { audio, output, scenes } = renderParams;
  const { data } = await client.post('v1/video/render', {
    audio,
    output,
    scenes,
    next_generation_video: true,
    containsTextToImage: true,
  });
  await download(storage, (await wait(client, data.job_id)).shareVideoURL);
}

const previewAndRenderCalls = ['createStoryboardV1', 'getJob', 'createRenderV1', 'getJob', 'GET'];
const uploadCalls = ['createUploadUrl', 'PUT'];
const transcriptionCalls = [...uploadCalls, 'createTranscription', 'getJob'];

const storyboardSample = (name: string): OfficialSample => ({
  form: forms['the bare host'],
  run: (client, storage) => previewAndRender(client, storage, body(name)),
  calls: previewAndRenderCalls,
});

async function transcribe(client: SampleClient, fileUrl: string): Promise<Json> {
  const { data } = await client.post('v2/transcription', { ...body('transcription'), fileUrl });
  const done = await wait(client, data.jobId);
  assert.ok(done.transcript.flatMap(({ words }: Json) => words).length >= 2);
  assert.ok(done.txt.length > 0);
  return done;
}

/** The first parameters, with the text and times of a second storyboard. */
async function updateVoiceOverText(client: SampleClient, storage: Https): Promise<void> {
  const first = body('text to video');
  const { jobId } = await client.post('v1/video/storyboard', first);
  const { renderParams } = await wait(client, jobId);
  const scenes = renderParams.scenes.map((one: Json) => ({
    text: `${one.sub_scenes.flatMap((sub: Json) => sub.text_lines.map((line: Json) => line.text)).join(' ')} Updated.`,
    voiceOver: true,
    backgroundUri: one.background.src[0].url,
    backgroundType: one.background.src[0].type,
    loopBackgroundVideo: one.background.src[0].loop_video,
    muteBackgroundVideo: one.background.src[0].mute,
  }));
  const second = await client.post('v1/video/storyboard', { ...first, scenes });
  const { renderParams: updated } = await wait(client, second.jobId);
  renderParams.audio.tts = updated.audio.tts;
  for (const [index, one] of renderParams.scenes.entries()) {
    one.sub_scenes = updated.scenes[index].sub_scenes;
    one.time = updated.scenes[index].time;
    one.subtitles = updated.scenes[index].subtitles;
  }
  const { data } = await client.post('v1/video/render', renderParams);
  await download(storage, (await wait(client, data.job_id)).shareVideoURL);
}

/** A found clip as background, rendered both ways. */
async function visualSearch(client: SampleClient, storage: Https): Promise<void> {
  const { data: found } = await client.get('v1/media/search?keyword=nature&language=en');
  const storyboard = body('text to video');
  storyboard.scenes[0].backgroundUri = found.searchResults[0].preview.url;
  storyboard.scenes[0].backgroundType = 'video';
  const { jobId } = await client.post('v1/video/storyboard', storyboard);
  const { renderParams } = await wait(client, jobId);
  const first = await client.post('v1/video/render', renderParams);
  await wait(client, first.data.job_id);
  const second = await client.put(`v1/video/render/${jobId}`, {});
  await download(storage, (await wait(client, second.data.job_id)).shareVideoURL);
}

/** The file's bytes, a preview of it, and its parameters sent back. */
async function templateToVideo(client: SampleClient, storage: Https): Promise<void> {
  const file = Buffer.alloc(51_013, 'a .pictai file');
  const template = await client.post('v1/templates', file, 'application/octet-stream');
  const { data } = await client.post('v1/video/from-template', {
    templateId: template.templateId,
    variables: { FIRST_NAME: 'Ada' },
    scenes: [{ insertAfterSceneId: template.scenes[0].sceneId, text: 'Put in between.' }],
  });
  const { renderParams } = await wait(client, data.jobId);
  const render = await client.put(`v1/video/render/${data.jobId}`, renderParams);
  await download(storage, (await wait(client, render.data.job_id)).shareVideoURL);
}

async function audioToVideo(client: SampleClient, storage: Https): Promise<void> {
  const voiceOverUri = await upload(client, storage, 'v1/media/generateurl');
  const { txt } = await transcribe(client, voiceOverUri);
  const storyboard = body('audio to video');
  storyboard.audio.voiceOverUri = voiceOverUri;
  storyboard.scenes[0].text = txt;
  await previewAndRender(client, storage, storyboard);
}

/** The transcript sent back; the chosen words become the storyboard. */
async function videoHighlights(client: SampleClient, storage: Https): Promise<void> {
  const fileUrl = await upload(client, storage, 'v1/media/generateUrl');
  const { transcript, mediaInfo } = await transcribe(client, fileUrl);
  const { data } = await client.post('v2/transcription/highlights', {
    ...body('highlights'),
    transcript,
    highlight_duration: 3,
    duration: mediaInfo?.duration ?? 30,
  });
  const highlighted = await wait(client, data.jobId);
  const chosen = highlighted.transcript
    .flatMap((sentence: Json) => sentence.words)
    .filter(({ highlight }: Json) => highlight);
  assert.ok(chosen.length > 0);
  const storyboard = body('text to video');
  storyboard.scenes[0].text = chosen.map(({ word }: Json) => word).join(' ');
  await previewAndRender(client, storage, storyboard);
}

/** Scenes from the times of words, then the storyboard's job rendered by its id. */
async function audioToVideoWithBroll(client: SampleClient, storage: Https): Promise<void> {
  const audio = 'https://media.example.com/talk.mp3';
  const { transcript } = await transcribe(client, audio);
  const first = transcript[0].words[0];
  const last = transcript.at(-1).words.at(-1);
  const { jobId } = await client.post('v1/video/storyboard', {
    videoName: 'audio_to_video',
    videoWidth: 1920,
    videoHeight: 1080,
    language: 'en',
    audio: { voiceOverUri: audio },
    scenes: [
      {
        text: first.word,
        subtitle: true,
        backgroundUri: 'https://media.example.com/photo.jpg?w=1080&q=80',
        backgroundType: 'image',
        minimumDuration: last.end_time - first.start_time,
        voiceOver: true,
      },
    ],
  });
  assert.ok((await wait(client, jobId)).preview);
  const { data } = await client.put(`v1/video/render/${jobId}`, {});
  await download(storage, (await wait(client, data.job_id)).shareVideoURL);
}

/** By what the official samples of Node and Python call them. */
export const officialSamples: Readonly<Record<string, OfficialSample>> = {
  'text to video, basic': storyboardSample('text to video'),
  'text to video with a logo, intro and outro': storyboardSample(
    'text to video with a logo, intro and outro',
  ),
  'text to video with text styles': storyboardSample('text styles on the scene'),
  'blog to video': storyboardSample('blog to video'),
  'text to video, voice-over text updated': {
    form: forms['the bare host'],
    run: updateVoiceOverText,
    calls: ['createStoryboardV1', 'getJob', ...previewAndRenderCalls],
  },
  'storyboard with visual search': {
    form: forms['host, prefix and slash'],
    run: visualSearch,
    calls: [
      'searchMedia',
      ...previewAndRenderCalls.slice(0, -1),
      'renderStoryboardJobV1',
      'getJob',
      'GET',
    ],
  },
  'bulletin style, v2': {
    form: forms['host, prefix and slash'],
    run: async (client, storage) => {
      const { data } = await client.post('v2/video/storyboard/render', body('v2 bulletin'));
      await download(storage, (await wait(client, data.jobId)).videoURL);
    },
    calls: ['renderStoryboardVideo', 'getJob', 'GET'],
  },
  'template to video': {
    form: forms['the bare host'],
    run: templateToVideo,
    calls: [
      'createTemplate',
      'createStoryboardFromTemplateV1',
      'getJob',
      'renderStoryboardJobV1',
      'getJob',
      'GET',
    ],
  },
  'video transcription': {
    form: forms['the bare host'],
    run: async (client, storage) => {
      await transcribe(client, await upload(client, storage, 'v1/media/generateUrl'));
    },
    calls: transcriptionCalls,
  },
  'audio to video': {
    form: forms['host, prefix and two slashes'],
    run: audioToVideo,
    calls: [...transcriptionCalls, ...previewAndRenderCalls],
  },
  'video highlights': {
    form: forms['the bare host'],
    run: videoHighlights,
    calls: [...transcriptionCalls, 'createHighlights', 'getJob', ...previewAndRenderCalls],
  },
  'audio to video with b-roll': {
    form: forms['the bare host'],
    run: audioToVideoWithBroll,
    calls: [
      'createTranscription',
      'getJob',
      'createStoryboardV1',
      'getJob',
      'renderStoryboardJobV1',
      'getJob',
      'GET',
    ],
  },
};
