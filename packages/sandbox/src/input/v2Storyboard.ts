import { exclusive, needs, someOf, together } from './rules.ts';
import {
  anyObject,
  anything,
  choice,
  flag,
  list,
  number,
  object,
  text,
  url,
  type Rule,
  type Shape,
} from './shape.ts';
import {
  aiVisual,
  background,
  colorOverlay,
  fontStyle,
  percentage,
  searchFilter,
  textOrNumber,
  textOrWholeNumber,
  transcript,
} from './shapes.ts';

const premiumVoiceSettings = object({
  optional: {
    modelId: choice(
      'eleven_v3',
      'eleven_multilingual_v2',
      'eleven_flash_v2_5',
      'eleven_turbo_v2_5',
      'eleven_turbo_v2',
      'eleven_flash_v2',
      'eleven_multilingual_v1',
      'eleven_monolingual_v1',
    ),
    stability: percentage,
    similarityBoost: percentage,
    style: percentage,
    useSpeakerBoost: flag,
  },
});

const loudness = number({ min: -1, max: 1 });

const voiceOver = object({
  optional: {
    enabled: flag,
    aiVoices: list(
      object({
        required: { speaker: textOrWholeNumber },
        optional: {
          speed: number({ whole: true, min: 50, max: 200 }),
          amplificationLevel: loudness,
          premiumVoiceSettings,
        },
      }),
    ),
    externalVoice: object({
      optional: { voiceUrl: url(), syncVoice: flag, amplificationLevel: loudness },
    }),
  },
  rules: [exclusive('aiVoices', 'externalVoice')],
});

const avatar = object({
  optional: {
    avatarId: text(),
    position: text(),
    top: percentage,
    left: percentage,
    width: percentage,
    borderRadius: percentage,
    borderColor: text(),
    borderThickness: textOrNumber,
    backgroundColor: text(),
    hide: flag,
  },
  rules: [exclusive('position', 'top'), exclusive('position', 'left')],
});

const element = object({
  required: { type: choice('text', 'shape', 'image', 'video') },
  optional: {
    text: text({ max: 2000 }),
    textVariant: choice('heading', 'subheading', 'body'),
    style: fontStyle,
    name: text(),
    fill: text(),
    stroke: text(),
    strokeWidth: number(),
    borderRadius: number(),
    colorOverlay,
    settings: object({ optional: { loop: flag, mute: flag } }),
    visualUrl: url(),
    searchFilter,
    aiVisual,
    position: text(),
    top: percentage,
    left: percentage,
    width: percentage,
  },
  rules: [exclusive('position', 'top'), exclusive('position', 'left')],
  open: true,
});

const sources = ['story', 'storyCoPilot', 'blogUrl', 'pptUrl', 'audioUrl', 'videoUrl'] as const;

const scene = object({
  optional: {
    story: text({ max: 15_000 }),
    storyCoPilot: object({
      optional: {
        prompt: text({ max: 5000 }),
        videoType: text(),
        duration: number({ whole: true, min: 1, max: 600 }),
        platform: text(),
        tone: text(),
      },
    }),
    blogUrl: url(),
    pptUrl: url(),
    audioUrl: url(),
    videoUrl: url(),
    isSSMLStory: flag,
    createSceneOnNewLine: flag,
    createSceneOnEndOfSentence: flag,
    maxSubtitleLines: number({ whole: true, min: 1, max: 4 }),
    highlightKeywords: flag,
    hideSubtitles: flag,
    minimumDuration: number(),
    endPauseDuration: number(),
    sceneTransition: choice(
      'none',
      'wipeup',
      'wipedown',
      'wipeleft',
      'wiperight',
      'smoothleft',
      'smoothright',
      'radial',
      'circlecrop',
      'hblur',
      'fade',
    ),
    caption: text(),
    captionLanguage: text(),
    audioLanguage: text(),
    transcript,
    mediaRepurposeSettings: anyObject,
    subtitleStyle: fontStyle,
    background,
    backgroundBrolls: list(background),
    backgroundCorpus: list(
      object({ optional: { visualUrl: url(), type: choice('image'), prefer: anything } }),
    ),
    voiceOver,
    backgroundMusic: object({ optional: { enabled: flag } }),
    avatar,
    elements: list(element, { min: 1, max: 20 }),
  },
  rules: [
    exclusive(...sources),
    someOf(...sources, 'background'),
    needs('audioUrl', 'audioLanguage'),
    needs('videoUrl', 'audioLanguage'),
  ],
});

const noAutoMusicWithUrl: Rule = (value, name, problems) => {
  if (value['autoMusic'] === true && value['musicUrl'] !== undefined)
    problems.add(`${name}.musicUrl`, 'cannot be given together with autoMusic');
};

const scenesOrTemplate: Rule = (value, _name, problems) => {
  if (value['scenes'] === undefined && value['templateId'] === undefined)
    problems.add('scenes', 'is required');
};

const subtitleLinesWithoutLayout: Rule = (value, _name, problems) => {
  const layout = value['smartLayoutId'] ?? value['smartLayoutName'];
  if (layout === undefined || !Array.isArray(value['scenes'])) return;
  for (const [index, scene] of value['scenes'].entries())
    if (scene?.maxSubtitleLines !== undefined)
      problems.add(`scenes[${index}].maxSubtitleLines`, 'cannot be given with a smart layout');
};

/** The body of the two v2 storyboard calls, with the limits and exclusions of the documentation. */
export const v2StoryboardShape = object({
  required: { videoName: text({ max: 150 }) },
  optional: {
    videoDescription: text(),
    videoWidth: number({ whole: true }),
    videoHeight: number({ whole: true }),
    aspectRatio: choice('1:1', '16:9', '9:16', '4:5'),
    language: text(),
    saveProject: flag,
    webhook: url({ max: 500 }),
    webhookInput: anyObject,
    templateId: text(),
    variables: anyObject,
    brandId: text(),
    brandName: text(),
    smartLayoutId: text(),
    smartLayoutName: text(),
    subtitleStyleId: text(),
    subtitleStyleName: text(),
    subtitleStyle: fontStyle,
    storyboardVersion: text(),
    awsConnectionId: text(),
    vimeoConnectionId: text(),
    destinations: list(
      object({
        required: { type: choice('vimeo', 's3') },
        optional: {
          folder_uri: text(),
          content_rating: list(text()),
          privacy: anyObject,
        },
        open: true,
      }),
    ),
    voiceOver,
    backgroundMusic: object({
      optional: {
        enabled: flag,
        autoMusic: flag,
        musicUrl: url(),
        volume: number({ min: 0, max: 1 }),
        clips: list(object({ optional: { start: number(), end: number() } }), { max: 10 }),
      },
      rules: [noAutoMusicWithUrl],
    }),
    logo: object({ optional: { url: url(), position: text(), width: percentage } }),
    avatar,
    visualLibraryId: text(),
    visualSelectionPreference: choice(
      'prefer-stock',
      'prefer-user-library',
      'stock-only',
      'user-library-only',
    ),
    projectMetadata: anyObject,
    scenes: list(scene, { min: 1 }),
  },
  rules: [
    scenesOrTemplate,
    together('videoWidth', 'videoHeight'),
    exclusive('brandId', 'brandName'),
    exclusive('subtitleStyleId', 'subtitleStyleName'),
    exclusive('smartLayoutId', 'smartLayoutName'),
    subtitleLinesWithoutLayout,
  ],
});

type ValueOf<S> = S extends Shape<infer T> ? T : never;

export type V2Storyboard = ValueOf<typeof v2StoryboardShape>;
export type V2Scene = NonNullable<V2Storyboard['scenes']>[number];
