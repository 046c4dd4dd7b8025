import { anyObject, choice, flag, list, number, object, text, url, type Shape } from './shape.ts';

const source = object({
  optional: { url: url(), type: choice('video', 'image'), loop_video: flag, mute: flag },
  open: true,
});

const subScene = object({
  optional: {
    time: number(),
    text_lines: list(object({ optional: { text: text() }, open: true })),
  },
  open: true,
});

const scene = object({
  optional: {
    time: number(),
    subtitles: flag,
    background: object({ optional: { src: list(source) }, open: true }),
    sub_scenes: list(subScene),
  },
  open: true,
});

/** What a storyboard gives as `renderParams` and a render takes, whole or as overrides. */
export const renderParamsShape = object({
  optional: {
    audio: anyObject,
    output: object({
      optional: {
        width: number({ whole: true }),
        height: number({ whole: true }),
        format: text(),
        name: text(),
        title: text(),
        description: text(),
      },
      open: true,
    }),
    scenes: list(scene),
    elements: list(anyObject),
    next_generation_video: flag,
    containsTextToImage: flag,
    webhook: url(),
  },
  open: true,
});

type ValueOf<S> = S extends Shape<infer T> ? T : never;

export type RenderParams = ValueOf<typeof renderParamsShape>;
