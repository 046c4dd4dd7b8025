import type { V1Scene, V1Storyboard } from '../input/v1Storyboard.ts';
import { textAt } from '../library/sources.ts';
import { stockVisual } from '../library/stock.ts';
import { frameOf } from './frame.ts';
import { layOut, type SceneDraft, type Script } from './script.ts';
import { linesOf, sentencesOf } from './sentences.ts';

/** What a v1 storyboard request says and how long it takes. */
export function v1Script(request: V1Storyboard, baseUrl: string): Script {
  const speed = request.audio?.aiVoiceOver?.speed ?? request.audio?.aiVoiceOvers?.[0]?.speed ?? 100;
  return {
    name: request.videoName,
    description: request.videoDescription ?? '',
    language: request.language ?? 'en',
    ...frameOf({ width: request.videoWidth, height: request.videoHeight }),
    ...layOut(request.scenes.flatMap((scene, index) => draftsOf(scene, speed, baseUrl, index))),
  };
}

function draftsOf(scene: V1Scene, speed: number, baseUrl: string, index: number): SceneDraft[] {
  return groupsOf(scene).map((lines, part) => ({
    lines,
    visual: scene.backgroundUri
      ? { url: scene.backgroundUri, type: scene.backgroundType ?? 'image' }
      : stockVisual(baseUrl, index * 10 + part + 1),
    voiceSpeedPercent: scene.aiVoiceOvers?.[0]?.speed ?? speed,
    minimumSeconds: scene.minimumDuration ?? scene.minDuration,
  }));
}

function groupsOf(scene: V1Scene): readonly (readonly string[])[] {
  const address = scene.article_url ?? scene.articleUrl ?? scene.pptUrl;
  if (scene.text === undefined && address !== undefined)
    return sentencesOf(textAt(address)).map((line) => [line]);
  const text = scene.text ?? '';
  const sentences = sentencesOf(text);
  if (sentences.length === 0) return [[]];
  if (scene.splitTextOnPeriod) return sentences.map((line) => [line]);
  if (scene.splitTextOnNewLine) return linesOf(text).map(sentencesOf);
  return [sentences];
}
