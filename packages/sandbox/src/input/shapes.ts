import { exclusive, needs } from './rules.ts';
import { choice, either, flag, list, number, object, text, url } from './shape.ts';

/** Parts that several requests share. */

export const textOrNumber = either(text(), number());
export const textOrWholeNumber = either(text(), number({ whole: true }));
export const percentage = text({ pattern: /^(100|[1-9]?[0-9])%$/ });

const words = list(
  object({
    optional: {
      uid: text(),
      word: text(),
      start_time: number(),
      end_time: number(),
      speakerId: textOrNumber,
      sentence_index: number({ whole: true }),
      is_pause: flag,
      pause_size: text(),
      highlight: flag,
    },
  }),
);

/** A transcript as the API gives it, sent back. */
export const transcript = list(
  object({ required: { words }, optional: { uid: text(), speakerId: textOrNumber } }),
);

const clip = object({ optional: { start: number(), end: number() } });
export const clips = list(clip);

export const searchFilter = object({
  optional: {
    query: text(),
    keywords: list(text({ min: 2, max: 100 }), { min: 1, max: 10 }),
    category: text(),
    libraries: list(choice('story_blocks', 'getty')),
  },
});

export const aiVisual = object({
  optional: {
    prompt: text({ max: 500 }),
    model: text(),
    mediaStyle: choice(
      'photorealistic',
      'artistic',
      'cartoon',
      'minimalist',
      'vintage',
      'futuristic',
    ),
    videoDuration: text(),
    visualContinuity: flag,
    firstFrameImageUrl: url(),
    referenceImageUrl: url(),
    referenceImageUrls: list(url(), { min: 1, max: 2 }),
  },
  rules: [exclusive('firstFrameImageUrl', 'referenceImageUrls')],
});

export const colorOverlay = object({
  optional: { color: text(), opacity: number({ min: 0, max: 1 }) },
});

const zoom = object({ optional: { zoom: number(), centerX: number(), centerY: number() } });

export const background = object({
  optional: {
    visualUrl: url(),
    color: text(),
    type: choice('video', 'image'),
    clips,
    searchFilter,
    aiVisual,
    colorOverlay,
    settings: object({
      optional: {
        loop: flag,
        mute: flag,
        zoomAndPan: flag,
        kenBurnsEffect: flag,
        videoKenBurns: object({ optional: { start: zoom, end: zoom } }),
      },
      rules: [exclusive('kenBurnsEffect', 'zoomAndPan')],
    }),
    motionGraphics: object({ optional: { enabled: flag, prompt: text(), style: text() } }),
    brollClip: clip,
  },
  rules: [exclusive('visualUrl', 'color', 'aiVisual'), needs('aiVisual', 'type')],
});

const animation = object({
  required: { name: text() },
  optional: {
    type: choice('entry', 'exit'),
    speed: choice('slow', 'medium', 'fast', 'custom'),
    customSpeedValue: number({ min: 0.5 }),
    direction: choice('up', 'down', 'left', 'right'),
    writingStyle: choice('character', 'word', 'line', 'paragraph'),
    futureWords: choice('hidden', 'subtle', 'prominent'),
  },
});

export const fontStyle = object({
  optional: {
    fontFamily: text(),
    fontUrl: url(),
    fontSize: number({ whole: true, min: 1 }),
    color: text(),
    backgroundColor: text(),
    keywordColor: text(),
    shadowColor: text(),
    shadowWidth: textOrNumber,
    position: text(),
    alignment: text(),
    decorations: list(text()),
    case: text(),
    paragraphWidth: textOrNumber,
    showBoxBackground: flag,
    showBullet: flag,
    bulletSize: number(),
    bulletFillColor: text(),
    animations: list(animation, { min: 1, max: 2 }),
  },
});
