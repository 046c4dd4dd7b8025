import type { Clock } from '../clock.ts';
import type { Collection } from './collection.ts';
import type { Job } from './job.ts';
import { stockVisual } from '../library/stock.ts';
import { layOut, type Script } from '../script/script.ts';
import { sentencesOf } from '../script/sentences.ts';

/** A saved project: an open object of which these fields are always there. */
export interface Project {
  readonly project_id: string | number;
  readonly projectName: string;
  readonly projectType: string;
  readonly source: string;
  readonly step: string;
  readonly schemaVersion: string;
  readonly saveDate: string;
  readonly scenes: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

interface ProjectPlace {
  readonly baseUrl: string;
  readonly clock: Clock;
}

/** A project of the newer schema, as saving a storyboard makes one. */
function projectOf(script: Script, id: string, place: ProjectPlace): Project {
  return {
    project_id: id,
    projectName: script.name,
    projectType: 'video',
    source: 'script',
    step: 'STORYBOARD',
    schemaVersion: 'v3',
    layout: aspectRatioOf(script),
    scriptLanguage: script.language,
    links: [],
    thumbnail: `${place.baseUrl}/files/stock/picture-1.png`,
    videoDuration: script.durationSeconds,
    audioSpeed: 100,
    videoVolume: 1,
    voiceOverId: 1010,
    brandId: 'brand-1',
    saveDate: new Date(place.clock.now()).toISOString(),
    scenes: script.scenes.map((scene, index) => ({
      sceneId: `${id}-scene-${index + 1}`,
      text: scene.captions.map(({ text }) => text).join(' '),
      durationSeconds: scene.durationSeconds,
      visual: scene.visual,
    })),
  };
}

/** Two projects that every account begins with: newer projects have text ids, older ones numbers. */
export function firstProjects(place: ProjectPlace): readonly Project[] {
  const first = projectOf(exampleScript(place.baseUrl, 'Sandbox project'), 'project-1', place);
  const second = projectOf(exampleScript(place.baseUrl, 'Older sandbox project'), '2', place);
  return [first, { ...second, project_id: 2, schemaVersion: 'v2', source: 'url', step: 'EDIT' }];
}

/** Keeps a finished storyboard or render whose request asked to be saved. */
export function saveProject(
  { content }: Job,
  account: ProjectPlace & { readonly projects: Collection<Project> },
): void {
  if (!('projectId' in content) || content.projectId === undefined) return;
  account.projects.set(content.projectId, projectOf(content.script, content.projectId, account));
}

function aspectRatioOf({
  widthPixels,
  heightPixels,
}: Pick<Script, 'widthPixels' | 'heightPixels'>): string {
  if (widthPixels === heightPixels) return '1:1';
  if (widthPixels > heightPixels) return '16:9';
  return heightPixels / widthPixels > 1.5 ? '9:16' : '4:5';
}

function exampleScript(baseUrl: string, name: string): Script {
  const lines = sentencesOf(`This is ${name}. It was made for you to render.`);
  return {
    name,
    description: '',
    language: 'en',
    widthPixels: 1920,
    heightPixels: 1080,
    ...layOut(
      lines.map((line, index) => ({ lines: [line], visual: stockVisual(baseUrl, index + 1) })),
    ),
  };
}
