import type { StoryboardElement } from '../account/job.ts';
import type { RenderParams } from '../input/renderParams.ts';
import { stockVisual } from '../library/stock.ts';
import { frameOf } from './frame.ts';
import { hundredths, layOut, type Caption, type Script, type ScriptScene } from './script.ts';
import { sentencesOf } from './sentences.ts';

/** Reads a script back from render parameters, v1 (`scenes`) or v2 (`elements`); `base` fills what they leave out. */
export function renderScript(params: RenderParams, baseUrl: string, base?: Script): Script {
  const { output } = params;
  return {
    name: output?.name ?? output?.title ?? base?.name ?? 'Untitled',
    description: output?.description ?? base?.description ?? '',
    language: base?.language ?? 'en',
    ...frameOf({
      width: output?.width ?? base?.widthPixels,
      height: output?.height ?? base?.heightPixels,
    }),
    ...contentOf(params, baseUrl, base),
  };
}

function contentOf(
  params: RenderParams,
  baseUrl: string,
  base?: Script,
): Pick<Script, 'scenes' | 'durationSeconds'> {
  if (params.scenes?.length) return layOut(draftsOf(params.scenes, baseUrl));
  if (params.elements?.length) return fromElements(params.elements, baseUrl);
  return base ?? { scenes: [], durationSeconds: 0 };
}

function draftsOf(scenes: NonNullable<RenderParams['scenes']>, baseUrl: string) {
  return scenes.map((scene, index) => {
    const source = scene.background?.src?.[0];
    const lines = (scene.sub_scenes ?? []).flatMap(({ text_lines = [] }) =>
      text_lines.flatMap(({ text }) => sentencesOf(text ?? '')),
    );
    return {
      lines,
      visual: source?.url
        ? { url: source.url, type: source.type ?? 'video' }
        : stockVisual(baseUrl, index + 1),
      minimumSeconds: scene.time,
    };
  });
}

function fromElements(
  elements: readonly Readonly<Record<string, unknown>>[],
  baseUrl: string,
): Pick<Script, 'scenes' | 'durationSeconds'> {
  const backgrounds = elements.filter((one) => one['elementType'] === 'backgroundElement');
  const captions = elements.flatMap(captionOf);
  const scenes = backgrounds.map((element, index): ScriptScene => {
    const startSeconds = numberOf(element['startTime']);
    const durationSeconds = numberOf(element['duration']);
    const url = element['visualUrl'] ?? element['url'];
    return {
      startSeconds,
      durationSeconds,
      visual:
        typeof url === 'string'
          ? { url, type: element['visualType'] === 'image' ? 'image' : 'video' }
          : stockVisual(baseUrl, index + 1),
      captions: captions.filter(
        (caption) =>
          caption.startSeconds >= startSeconds &&
          caption.startSeconds < startSeconds + durationSeconds,
      ),
    };
  });
  return { scenes, durationSeconds: Math.max(0, ...elements.map(endOf)) };
}

/** The script of a v2 storyboard after its elements were changed. */
export function editedScript(
  script: Script,
  elements: readonly StoryboardElement[],
  baseUrl: string,
): Script {
  return { ...script, ...fromElements(elements, baseUrl) };
}

function captionOf(element: Readonly<Record<string, unknown>>): Caption[] {
  const text = element['text'];
  if (element['elementType'] !== 'SceneText' || typeof text !== 'string') return [];
  return [{ text, startSeconds: numberOf(element['startTime']), endSeconds: endOf(element) }];
}

function endOf(element: Readonly<Record<string, unknown>>): number {
  return hundredths(numberOf(element['startTime']) + numberOf(element['duration']));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0;
}
