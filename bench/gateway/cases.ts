import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One kind of request. */
export interface Case {
  readonly name: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  /** A file of bodies, one a line, sent in turn; null where there is no body. */
  readonly bodyFile: string | null;
}

export const templateId = '20261124101500000a1b2c3d4e5f60718';

/** Writes the bodies into `folder`. The paid calls want a durable intent and leave an ownership row each. */
export function createCases(folder: string): readonly Case[] {
  const write = (name: string, body: object): string => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(body));
    return file;
  };
  const template = `/pictoryapis/v1/templates/${templateId}`;
  const storyboard = '/pictoryapis/v2/video/storyboard';
  return [
    {
      name: 'get',
      title: 'GET, reply of 200 B',
      method: 'GET',
      path: '/pictoryapis/v1/brands/video',
      bodyFile: null,
    },
    {
      name: 'put-2k',
      title: 'PUT 2 KB, free call',
      method: 'PUT',
      path: template,
      bodyFile: write('template-2k.json', templateUpdate(12)),
    },
    {
      name: 'post-2k',
      title: 'POST 2 KB, paid call',
      method: 'POST',
      path: storyboard,
      bodyFile: write('storyboard-2k.json', storyboardOf(8)),
    },
    {
      name: 'put-64k',
      title: 'PUT 64 KB, free call',
      method: 'PUT',
      path: template,
      bodyFile: write('template-64k.json', templateUpdate(395)),
    },
    {
      name: 'post-64k',
      title: 'POST 64 KB, paid call',
      method: 'POST',
      path: storyboard,
      bodyFile: write('storyboard-64k.json', storyboardOf(285)),
    },
  ];
}

const sentence = (number: number): string =>
  `Scene ${number}: a calm morning walk helps people to think, to learn new things and to share them with others.`;

/** 2 KB have 8 scenes, 64 KB 285. */
function storyboardOf(scenes: number): object {
  return {
    videoName: 'spring_campaign',
    videoWidth: 1920,
    videoHeight: 1080,
    language: 'en',
    voiceOver: { enabled: true, aiVoices: [{ speaker: 'Brian', speed: 100 }] },
    backgroundMusic: { enabled: true, autoMusic: true, volume: 0.5 },
    scenes: Array.from({ length: scenes }, (_, index) => ({
      story: sentence(index),
      createSceneOnEndOfSentence: true,
      minimumDuration: 3.5,
      sceneTransition: 'fade',
      highlightKeywords: true,
    })),
  };
}

/** 2 KB have 12 scenes, 64 KB 395. */
function templateUpdate(scenes: number): object {
  return {
    scenes: Array.from({ length: scenes }, (_, index) => ({
      sceneId: `20261124${String(index).padStart(8, '0')}`,
      subtitles: [{ text: sentence(index) }],
    })),
  };
}
