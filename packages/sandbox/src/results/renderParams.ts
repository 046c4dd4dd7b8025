import type { StoryboardElement } from '../account/job.ts';
import { hundredths, type Script, type ScriptScene } from '../script/script.ts';

/** What a finished v1 storyboard offers to render; the v1 clients read and resend all three parts. */
export function v1RenderParams(script: Script, voiceUrl: string) {
  return {
    audio: {
      tts: script.scenes.map((scene, index) => ({
        id: index + 1,
        url: voiceUrl,
        text: scene.captions.map(({ text }) => text).join(' '),
        start: scene.startSeconds,
        duration: scene.durationSeconds,
      })),
      backgroundMusic: null,
    },
    output: outputOf(script),
    scenes: script.scenes.map(v1Scene),
  };
}

/** What a finished v2 storyboard offers to render. */
export function v2RenderParams(script: Script, elements: readonly StoryboardElement[]) {
  return { output: outputOf(script), elements };
}

function outputOf(script: Script) {
  return {
    width: script.widthPixels,
    height: script.heightPixels,
    format: 'mp4',
    name: script.name,
    title: script.name,
    description: script.description,
  };
}

function v1Scene(scene: ScriptScene) {
  return {
    time: scene.durationSeconds,
    subtitles: true,
    background: {
      src: [{ url: scene.visual.url, type: scene.visual.type, loop_video: true, mute: true }],
    },
    sub_scenes: scene.captions.map(({ text, startSeconds, endSeconds }) => ({
      time: hundredths(endSeconds - startSeconds),
      text_lines: [{ text }],
    })),
  };
}
