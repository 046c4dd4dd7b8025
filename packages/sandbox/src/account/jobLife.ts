import type { Script } from '../script/script.ts';

/** How long the real service is taken to need for a job, in milliseconds: a fixed part and one by length. */
export const jobLifeMs = {
  storyboard: (script: Script) => 1000 * (40 + 0.5 * script.durationSeconds),
  render: (script: Script) => 1000 * (60 + 1.5 * script.durationSeconds),
  storyboardAndRender: (script: Script) => 1000 * (80 + 2 * script.durationSeconds),
  transcription: (mediaSeconds: number) => 1000 * (30 + 0.3 * mediaSeconds),
  highlights: () => 20_000,
  aiImage: () => 30_000,
  aiVideo: (videoSeconds: number) => 1000 * (60 + 5 * videoSeconds),
} as const;
