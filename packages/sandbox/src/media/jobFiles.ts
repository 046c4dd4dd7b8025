import type { Job } from '../account/job.ts';
import { file, type Reply } from '../http/reply.ts';
import { stockVisual } from '../library/stock.ts';
import type { Frame } from '../script/frame.ts';
import { layOut, type Script } from '../script/script.ts';
import { captionsOf } from '../script/transcriptCaptions.ts';
import { rgbOf, videoColour } from './colour.ts';
import type { PictureSize } from './h264.ts';
import { silentMp3 } from './mp3.ts';
import { mp4 } from './mp4.ts';
import { scriptPage } from './page.ts';
import { png } from './png.ts';
import { captionsIn, plainText, srt, vtt } from './subtitles.ts';

/** Makes a completed job's file from its script, or nothing when the job has no such file. */
export function jobFile(job: Job, name: string, baseUrl: string): Reply | undefined {
  const script = scriptOf(job, baseUrl);
  const captions = captionsIn(script);
  switch (name) {
    case 'video.mp4':
    case 'share.mp4':
      return file('video/mp4', scriptVideo(job.id, script));
    case 'audio.mp3':
      return file('audio/mpeg', silentMp3(script.durationSeconds));
    case 'thumbnail.png':
      return file('image/png', png(smallSize(script), rgbOf(`${job.id} 0`)));
    case 'last-frame.png':
      return file('image/png', png(smallSize(script), rgbOf(`${job.id} last`)));
    case 'image.png':
      return file('image/png', png(script, rgbOf(`${job.id} 0`)));
    case 'subtitles.srt':
      return file('application/x-subrip; charset=utf-8', srt(captions));
    case 'subtitles.vtt':
      return file('text/vtt; charset=utf-8', vtt(captions));
    case 'subtitles.txt':
      return file('text/plain; charset=utf-8', plainText(captions));
    case 'preview.html':
    case 'editor.html':
      return file('text/html; charset=utf-8', scriptPage(script));
    default:
      return undefined;
  }
}

/** The scenes of a script, each as long as it speaks and in a colour of its own. */
function scriptVideo(seed: string, script: Script): Buffer {
  const scenes = script.scenes.map(({ durationSeconds }, index) => ({
    colour: videoColour(rgbOf(`${seed} ${index}`)),
    durationMs: Math.max(1, Math.round(durationSeconds * 1000)),
  }));
  const still = { colour: videoColour(rgbOf(seed)), durationMs: 1000 };
  return mp4(smallSize(script), scenes.length > 0 ? scenes : [still]);
}

const longSidePixels = 320;

/** The frame's shape, 320 pixels on the long side, both sides even. */
function smallSize({ widthPixels, heightPixels }: Frame): PictureSize {
  const scale = longSidePixels / Math.max(widthPixels, heightPixels);
  const even = (pixels: number) => Math.max(2, Math.round((pixels * scale) / 2) * 2);
  return { widthPixels: even(widthPixels), heightPixels: even(heightPixels) };
}

function scriptOf(job: Job, baseUrl: string): Script {
  const { content } = job;
  switch (content.kind) {
    case 'storyboard':
    case 'render':
      return content.script;
    case 'transcription':
    case 'highlights':
      return spokenScript(
        captionsOf(content.transcript).map(({ text }) => text),
        baseUrl,
      );
    case 'ai-image':
      return { ...spokenScript([content.prompt], baseUrl), ...sizeOf(content) };
    case 'ai-video': {
      const [scene] = layOut([{ lines: [content.prompt], visual: stockVisual(baseUrl, 1) }]).scenes;
      const { durationSeconds } = content;
      const scenes = scene ? [{ ...scene, durationSeconds }] : [];
      return { ...spokenScript([], baseUrl), ...sizeOf(content), scenes, durationSeconds };
    }
  }
}

function sizeOf({ widthPixels, heightPixels }: Frame): Frame {
  return { widthPixels, heightPixels };
}

function spokenScript(lines: readonly string[], baseUrl: string): Script {
  return {
    name: 'Sandbox',
    description: '',
    language: 'en',
    widthPixels: 1920,
    heightPixels: 1080,
    ...layOut(lines.length > 0 ? [{ lines, visual: stockVisual(baseUrl, 1) }] : []),
  };
}
