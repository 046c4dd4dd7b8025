import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateId, type Case } from '../gateway/cases.ts';

/** A kind of request with its shape, and what the gateway is to be worth beside nginx with libmodsecurity. */
export interface ShapedCase extends Case {
  /** Of one body: how large it is, and how many values it has. What a rule engine pays goes by the values. */
  readonly bytes: number;
  readonly leaves: number;
  readonly connections: number;
  /** Ratio of requests per core; null: told, not judged. */
  readonly bar: number | null;
  readonly aim: number | null;
}

const storyboard = '/pictoryapis/v2/video/storyboard';

/** Writes bodies into `folder`, many of a kind that all differ: nothing is won by having seen a text before. */
export function createShapedCases(folder: string): readonly ShapedCase[] {
  const post = (name: string, count: number, make: (seed: number) => object) =>
    withBodies(folder, { name, method: 'POST', path: storyboard }, count, make);
  return [
    {
      name: 'get',
      title: 'GET, reply of 200 B',
      method: 'GET',
      path: '/pictoryapis/v1/brands/video',
      bodyFile: null,
      bytes: 0,
      leaves: 0,
      connections: 16,
      bar: 7,
      aim: 10,
    },
    {
      ...post('nested-2k', 200, (seed) => storyboardOf(8, 130, seed)),
      title: 'POST 2 KB, nested',
      connections: 16,
      bar: 15,
      aim: 25,
    },
    {
      ...post('flat-2k', 200, flatRequest),
      title: 'POST 2 KB, flat',
      connections: 16,
      bar: 6,
      aim: 10,
    },
    {
      ...post('nested-64k', 40, (seed) => storyboardOf(158, 285, seed)),
      title: 'POST 64 KB, nested',
      connections: 4,
      bar: 20,
      aim: 40,
    },
    {
      ...withBodies(
        folder,
        { name: 'texts-2k', method: 'PUT', path: `/pictoryapis/v1/templates/${templateId}` },
        200,
        templateUpdate,
      ),
      title: 'PUT 2 KB, nested, every value free text',
      connections: 16,
      bar: null,
      aim: null,
    },
  ];
}

function withBodies(
  folder: string,
  one: Pick<Case, 'name' | 'method' | 'path'>,
  count: number,
  make: (seed: number) => object,
) {
  const bodies = Array.from({ length: count }, (_, seed) => make(seed));
  const lines = bodies.map((body) => JSON.stringify(body));
  const bodyFile = join(folder, `${one.name}.jsonl`);
  writeFileSync(bodyFile, `${lines.join('\n')}\n`);
  return { ...one, bodyFile, bytes: lines[0]!.length, leaves: leavesOf(bodies[0]) };
}

function leavesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + leavesOf(inner), 0);
}

/** As a client writes them: a text and four settings for each scene, and eight values for all. */
function storyboardOf(scenes: number, storyLength: number, seed: number): object {
  return {
    videoName: `spring_campaign_${seed}`,
    language: 'en',
    videoWidth: 1920,
    videoHeight: 1080,
    voiceOver: { enabled: true, aiVoices: [{ speaker: 'Brian', speed: 90 + (seed % 20) }] },
    backgroundMusic: { enabled: true },
    scenes: Array.from({ length: scenes }, (_, index) => ({
      story: text(storyLength, seed * 31 + index),
      createSceneOnEndOfSentence: true,
      minimumDuration: 2 + ((seed + index) % 7) / 2,
      sceneTransition: 'fade',
      highlightKeywords: index % 2 === 0,
    })),
  };
}

const flatRequest = (seed: number): object => ({
  videoName: `spring_campaign_${seed}`,
  videoDescription: text(1_900, seed),
  language: 'en',
  brandName: `Studio ${seed}`,
});

const templateUpdate = (seed: number): object => ({
  scenes: Array.from({ length: 24 }, (_, index) => ({
    sceneId: `20261124${String(seed * 100 + index).padStart(8, '0')}`,
    subtitles: [{ text: text(24, seed * 31 + index) }],
  })),
});

const words =
  'our team shows how a calm morning walk helps people to learn new things and to share them with friends near the river'.split(
    ' ',
  );

/** Plain sentences; a generator of Lehmer's kind, so that every run sends the same. */
function text(length: number, seed: number): string {
  let state = (seed * 7_919 + 1) % 2_147_483_647;
  let sentence = '';
  while (sentence.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    sentence += `${words[state % words.length]!} `;
  }
  return `${sentence.slice(0, length - 1).trimEnd()}.`;
}
