import type { StoryboardElement } from '../account/job.ts';
import { hundredths, type Script, type ScriptScene } from '../script/script.ts';

/** The editable elements of a v2 storyboard: a background and the subtitles of each scene. */
export function elementsOf(script: Script): readonly StoryboardElement[] {
  return script.scenes.flatMap((scene, index) => [
    background(scene, `scene-${index + 1}-background`),
    ...scene.captions.map(({ text, startSeconds, endSeconds }, line): StoryboardElement => ({
      id: `scene-${index + 1}-text-${line + 1}`,
      elementType: 'SceneText',
      type: 'text',
      text,
      startTime: startSeconds,
      duration: hundredths(endSeconds - startSeconds),
    })),
  ]);
}

function background(scene: ScriptScene, id: string): StoryboardElement {
  return {
    id,
    elementType: 'backgroundElement',
    type: scene.visual.type,
    url: scene.visual.url,
    visualUrl: scene.visual.url,
    visualType: scene.visual.type,
    startTime: scene.startSeconds,
    duration: scene.durationSeconds,
    loop: true,
    mute: true,
    objectMode: 'cover',
  };
}
