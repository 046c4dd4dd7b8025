/** One line of subtitles; times in seconds from the start of the video. */
export interface Caption {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface SceneVisual {
  readonly type: 'video' | 'image';
  readonly url: string;
}

export interface ScriptScene {
  readonly captions: readonly Caption[];
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly visual: SceneVisual;
}

/** What a video says and for how long: the one thing that durations, subtitles, charges and media come from. */
export interface Script {
  readonly name: string;
  readonly description: string;
  readonly language: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly scenes: readonly ScriptScene[];
  readonly durationSeconds: number;
}

/** A scene before it has a place in time. */
export interface SceneDraft {
  readonly lines: readonly string[];
  readonly visual: SceneVisual;
  /** 100 is a voice's natural pace. */
  readonly voiceSpeedPercent?: number | undefined;
  readonly minimumSeconds?: number | undefined;
  readonly pauseSeconds?: number | undefined;
}

const wordsPerSecond = 2.5;
const lineSecondsMin = 1.2;
const silentSceneSeconds = 5;

/** Lays the drafts one after the other. */
export function layOut(drafts: readonly SceneDraft[]): Pick<Script, 'scenes' | 'durationSeconds'> {
  const scenes: ScriptScene[] = [];
  let startSeconds = 0;
  for (const draft of drafts) {
    const scene = placeScene(draft, startSeconds);
    scenes.push(scene);
    startSeconds = hundredths(startSeconds + scene.durationSeconds);
  }
  return { scenes, durationSeconds: startSeconds };
}

function placeScene(draft: SceneDraft, startSeconds: number): ScriptScene {
  const captions: Caption[] = [];
  let endSeconds = startSeconds;
  for (const text of draft.lines) {
    const from = endSeconds;
    endSeconds = hundredths(from + spokenSeconds(text, draft.voiceSpeedPercent ?? 100));
    captions.push({ text, startSeconds: from, endSeconds });
  }
  const spoken = captions.length > 0 ? endSeconds - startSeconds : silentSceneSeconds;
  const wanted = Math.max(spoken + (draft.pauseSeconds ?? 0), draft.minimumSeconds ?? 0);
  return { captions, startSeconds, durationSeconds: hundredths(wanted), visual: draft.visual };
}

/** How long a voice needs for a text, in seconds. */
function spokenSeconds(text: string, voiceSpeedPercent = 100): number {
  const words = text.split(/\s+/).filter(Boolean).length;
  return Math.max(lineSecondsMin, words / wordsPerSecond / (voiceSpeedPercent / 100));
}

/** To hundredths of a second, so that sums and subtitles agree. */
export function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
