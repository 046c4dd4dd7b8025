import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateId, type Case } from '../gateway/cases.ts';

/** A kind of request with its shape, and what the gateway is to be worth beside nginx with libmodsecurity. */
export interface ShapedCase extends Case {
  /** Of one body: how large it is, and how many values it has. What a rule engine pays goes by the values. */
  readonly bytes: number;
  readonly leaves: number;
  readonly connections: number;
  readonly seconds: number;
  /** What the ratio of requests per core must be, and what it is to become. */
  readonly bar: number;
  readonly aim: number;
}

const storyboard = { method: 'POST', path: '/pictoryapis/v2/video/storyboard' };
const template = { method: 'PUT', path: `/pictoryapis/v1/templates/${templateId}` };

/**
 * Writes bodies into `folder`, many of a kind that all differ: nothing is won by having seen a text before. What is
 * posted is a paid call, of which the gateway keeps a durable record before it goes on; what is put is free.
 */
export function createShapedCases(folder: string): readonly ShapedCase[] {
  const many = (
    operation: Pick<Case, 'method' | 'path'>,
    name: string,
    make: (seed: number) => object,
  ) => withBodies(folder, { name, ...operation }, 200, make);
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
      seconds: 2,
      bar: 7,
      aim: 10,
    },
    {
      ...many(storyboard, 'post-nested-2k', (seed) => storyboardOf(8, 130, seed)),
      title: 'POST 2 KB nested, paid',
      bar: 15,
      aim: 25,
    },
    {
      ...many(template, 'put-nested-2k', (seed) => templateUpdate(24, 1, 24, seed)),
      title: 'PUT 2 KB nested, every value free text',
      bar: 15,
      aim: 25,
    },
    {
      ...many(storyboard, 'post-flat-2k', flatRequest),
      title: 'POST 2 KB flat, paid',
      bar: 6,
      aim: 10,
    },
    {
      ...many(template, 'put-flat-2k', (seed) => templateUpdate(1, 3, 620, seed)),
      title: 'PUT 2 KB in few values, free text',
      bar: 6,
      aim: 10,
    },
    {
      ...withBodies(folder, { name: 'post-nested-64k', ...storyboard }, 40, (seed) =>
        storyboardOf(158, 285, seed),
      ),
      title: 'POST 64 KB nested, paid',
      connections: 4,
      seconds: 6,
      bar: 20,
      aim: 40,
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
  return {
    ...one,
    bodyFile,
    bytes: lines[0]!.length,
    leaves: leavesOf(bodies[0]),
    connections: 16,
    seconds: 2,
  };
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

const templateUpdate = (scenes: number, texts: number, length: number, seed: number): object => ({
  scenes: Array.from({ length: scenes }, (_, scene) => ({
    sceneId: `20261124${String(seed * 100 + scene).padStart(8, '0')}`,
    subtitles: Array.from({ length: texts }, (_, index) => ({
      text: text(length, (seed * 31 + scene) * 7 + index),
    })),
  })),
});

const words =
  'our team shows how a calm morning walk helps people to learn new things and to share them with friends near the river'.split(
    ' ',
  );

/** Plain prose, as scripts are: sentences of five to twelve words, now and then a comma. */
function text(length: number, seed: number): string {
  const next = randomNumbers(seed);
  let prose = '';
  while (prose.length < length) {
    const sentence = Array.from({ length: 5 + next(8) }, () => words[next(words.length)]!);
    const comma = 2 + next(sentence.length);
    if (comma < sentence.length - 1) sentence[comma] += ',';
    const joined = sentence.join(' ');
    prose += `${joined.charAt(0).toUpperCase()}${joined.slice(1)}. `;
  }
  return prose.slice(0, length);
}

/** Whole numbers from 0 to below the bound, the same in every run; Lehmer's generator. */
function randomNumbers(seed: number): (bound: number) => number {
  let state = ((seed + 1) * 7_919) % 2_147_483_647;
  return (bound) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
}
