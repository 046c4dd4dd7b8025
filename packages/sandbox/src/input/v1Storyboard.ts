import { someOf } from './rules.ts';
import {
  anyObject,
  choice,
  either,
  flag,
  list,
  number,
  object,
  text,
  url,
  type Shape,
} from './shape.ts';
import { clips, textOrWholeNumber } from './shapes.ts';

const voice = object({
  optional: {
    speaker: text(),
    speed: number({ whole: true, min: 50, max: 200 }),
    amplifyLevel: number({ min: -1, max: 1 }),
  },
});

const textStyle = {
  fontFamily: text(),
  fontSize: textOrWholeNumber,
  textColor: text(),
  keywordColor: text(),
  textBackgroundColor: text(),
  verticalAlignment: text(),
  horizontalAlignment: text(),
  fontStyle: text(),
  fontWeight: text(),
  textDecoration: text(),
};

const scene = object({
  optional: {
    ...textStyle,
    text: text(),
    article_url: url(),
    articleUrl: url(),
    pptUrl: url(),
    backgroundUri: url(),
    backgroundType: choice('image', 'video'),
    backgroundVideoSegments: clips,
    mediaSearchQuery: text(),
    caption: text(),
    captionLanguage: text(),
    awsConnectionId: text(),
    minimumDuration: number(),
    minDuration: number(),
    voiceOver: flag,
    aiVoiceOvers: list(voice),
    voiceOverUri: url(),
    voiceOverSegment: object({ optional: { start: number(), end: number() } }),
    subtitle: flag,
    subtitles: flag,
    splitTextOnNewLine: flag,
    splitTextOnPeriod: flag,
    loopBackgroundVideo: flag,
    muteBackgroundVideo: flag,
    backgroundVisualFilter: object({ optional: { category: text() } }),
  },
  rules: [someOf('text', 'article_url', 'articleUrl', 'pptUrl', 'backgroundUri')],
  open: true,
});

/** The body of the v1 storyboard call. */
export const v1StoryboardShape = object({
  required: { videoName: text(), scenes: list(scene, { min: 1 }) },
  optional: {
    videoDescription: text(),
    language: text(),
    webhook: url(),
    videoWidth: textOrWholeNumber,
    videoHeight: textOrWholeNumber,
    autoHighlightKeywords: flag,
    brandLogo: object({
      optional: { url: url(), verticalAlignment: text(), horizontalAlignment: text() },
    }),
    audio: object({
      optional: {
        autoBackgroundMusic: either(flag, text()),
        backGroundMusicUri: url(),
        backGroundMusicVolume: number({ min: 0, max: 1 }),
        aiVoiceOver: voice,
        aiVoiceOvers: list(voice),
        voiceOverUri: url(),
        autoSyncVoiceOver: flag,
      },
    }),
    textStyles: object({ optional: textStyle }),
  },
  open: true,
});

/** The body of the call that makes a preview from a template. */
export const fromTemplateShape = object({
  required: { templateId: text() },
  optional: {
    variables: anyObject,
    scenes: list(
      object({
        optional: { insertBeforeSceneId: text(), insertAfterSceneId: text(), text: text() },
        open: true,
      }),
    ),
    webhook: url(),
  },
  open: true,
});

type ValueOf<S> = S extends Shape<infer T> ? T : never;

export type V1Storyboard = ValueOf<typeof v1StoryboardShape>;
export type V1Scene = V1Storyboard['scenes'][number];
