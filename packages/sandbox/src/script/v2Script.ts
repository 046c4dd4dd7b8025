import type { V2Scene, V2Storyboard } from '../input/v2Storyboard.ts';
import { textAt } from '../library/sources.ts';
import { stockVisual } from '../library/stock.ts';
import { frameOf } from './frame.ts';
import { layOut, type SceneDraft, type SceneVisual, type Script } from './script.ts';
import { linesOf, sentencesOf } from './sentences.ts';
import { textOf } from './transcript.ts';

/** What a v2 storyboard request says and how long it takes. */
export function v2Script(request: V2Storyboard, baseUrl: string): Script {
  const drafts = (request.scenes ?? []).flatMap((scene, index) =>
    draftsOf(scene, voiceSpeed(request, scene, index), baseUrl, index),
  );
  return {
    name: request.videoName,
    description: request.videoDescription ?? '',
    language: request.language ?? 'en',
    ...frameOf({
      width: request.videoWidth,
      height: request.videoHeight,
      aspectRatio: request.aspectRatio,
    }),
    ...layOut(drafts),
  };
}

function draftsOf(
  scene: V2Scene,
  voiceSpeedPercent: number,
  baseUrl: string,
  index: number,
): SceneDraft[] {
  const groups = groupsOf(scene, spokenText(scene));
  return groups.map((lines, part) => ({
    lines,
    visual: visualOf(scene) ?? stockVisual(baseUrl, index * 10 + part + 1),
    voiceSpeedPercent,
    minimumSeconds: scene.minimumDuration,
    pauseSeconds: scene.endPauseDuration,
  }));
}

/** Several voices rotate over the scenes. */
function voiceSpeed(request: V2Storyboard, scene: V2Scene, index: number): number {
  const voices = (scene.voiceOver ?? request.voiceOver)?.aiVoices ?? [];
  return voices[index % Math.max(1, voices.length)]?.speed ?? 100;
}

function spokenText(scene: V2Scene): string {
  if (scene.story !== undefined) return scene.story;
  if (scene.storyCoPilot) return composed(scene.storyCoPilot);
  const address = scene.blogUrl ?? scene.pptUrl ?? scene.audioUrl ?? scene.videoUrl;
  if (address === undefined) return '';
  return scene.transcript ? textOf(scene.transcript) : textAt(address);
}

/** As many sentences of five words as fill the wanted seconds. */
function composed(wish: NonNullable<V2Scene['storyCoPilot']>): string {
  const sentences = Math.max(1, Math.round((wish.duration ?? 30) / 2));
  const about =
    linesOf(wish.prompt ?? '')
      .join(' ')
      .split(' ')
      .slice(0, 3)
      .join(' ') || 'this';
  return Array.from({ length: sentences }, (_, n) => `Sentence ${n + 1} about ${about}.`).join(' ');
}

/** The lines of each scene that one source becomes. */
function groupsOf(scene: V2Scene, text: string): readonly (readonly string[])[] {
  const sentences = sentencesOf(text);
  if (sentences.length === 0) return [[]];
  if (scene.createSceneOnEndOfSentence || scene.blogUrl) return sentences.map((line) => [line]);
  if (scene.createSceneOnNewLine || scene.pptUrl) return linesOf(text).map(sentencesOf);
  return [sentences];
}

function visualOf(scene: V2Scene): SceneVisual | undefined {
  const url = scene.background?.visualUrl ?? scene.videoUrl;
  return url === undefined ? undefined : { url, type: scene.background?.type ?? 'video' };
}
