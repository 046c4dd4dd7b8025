import type { Random } from '../random.ts';
import { mediaUrl } from './fillers.ts';
import { script, searchPhrase, sentence, title } from './texts.ts';

const SPEAKERS = [
  'Jackson',
  'Emma',
  'Aria (US)',
  'Chloé',
  'Björn',
  "Sinéad O'Hara",
  2071,
  '21m00Tcm4TlvDq8ikWAM',
];
const COLORS = [
  '#FFFFFF',
  'rgba(255,255,255,1)',
  'rgb(0, 0, 0)',
  '#1e90ff80',
  'white',
  'hsl(120, 100%, 50%)',
];
const FONTS = ['Open Sans', "'Helvetica Neue', Arial, sans-serif", 'Lato', 'Source Code Pro'];
const POSITIONS = ['center-center', 'top-right', 'bottom-left'];

/** Body of POST /v1/video/storyboard. */
export function storyboardV1(random: Random, language: string): object {
  return {
    videoName: title(random, language),
    videoDescription: sentence(random, language),
    language,
    webhook: `https://hooks.example.com/pictory?job=${random.uuid()}&t=${random.hexadecimal(12)}`,
    videoWidth: random.pick(['1920', 1080]),
    videoHeight: random.pick(['1080', 1920]),
    autoHighlightKeywords: random.chance(0.5),
    brandLogo: {
      url: mediaUrl(random, 'png'),
      verticalAlignment: 'top',
      horizontalAlignment: 'right',
    },
    textStyles: {
      fontFamily: random.pick(FONTS),
      fontSize: random.integer(20, 64),
      textColor: random.pick(COLORS),
    },
    audio: {
      autoBackgroundMusic: random.pick([true, 'true']),
      backGroundMusicVolume: random.integer(0, 10) / 10,
      aiVoiceOver: {
        speaker: random.pick(SPEAKERS),
        speed: random.integer(50, 200),
        amplifyLevel: 0,
      },
    },
    scenes: Array.from({ length: random.integer(1, 6) }, () => ({
      text: script(random, language, 4),
      caption: sentence(random, language),
      voiceOver: true,
      splitTextOnNewLine: random.chance(0.5),
      splitTextOnPeriod: random.chance(0.5),
      mediaSearchQuery: searchPhrase(random),
      backgroundUri: mediaUrl(random, 'mp4'),
      backgroundType: random.pick(['video', 'image']),
      backgroundVideoSegments: [
        { start: random.integer(0, 9), end: random.integer(10, 60) + 0.25 },
      ],
    })),
  };
}

/** Body of POST /v2/video/storyboard and /v2/video/storyboard/render. */
export function storyboardV2(random: Random, language: string): object {
  return {
    videoName: `promo_${random.hexadecimal(6)} final-${random.integer(1, 9)}`,
    aspectRatio: random.pick(['1:1', '16:9', '9:16', '4:5']),
    language,
    webhook: `https://hooks.example.com/v2/${random.uuid()}`,
    webhookInput: {
      campaign: title(random, language),
      customer: sentence(random, language),
      ids: [random.uuid(), random.integer(1, 1e9)],
    },
    logo: {
      url: mediaUrl(random, 'svg'),
      position: random.pick(POSITIONS),
      width: `${random.integer(5, 30)}%`,
    },
    voiceOver: {
      enabled: true,
      aiVoices: [
        {
          speaker: random.pick(SPEAKERS),
          speed: 100,
          amplificationLevel: -0.5,
          premiumVoiceSettings: { modelId: 'eleven_multilingual_v2', stability: '50%' },
        },
      ],
    },
    backgroundMusic: {
      enabled: true,
      autoMusic: random.chance(0.5),
      volume: 0.35,
      clips: [{ start: 0, end: 12.5 }],
    },
    scenes: Array.from({ length: random.integer(1, 5) }, () => sceneV2(random, language)),
  };
}

function sceneV2(random: Random, language: string): object {
  const source = random.pick(['story', 'storyCoPilot', 'blogUrl'] as const);
  return {
    ...(source === 'story' ? { story: script(random, language, 8) } : {}),
    ...(source === 'storyCoPilot'
      ? {
          storyCoPilot: {
            prompt: `Write a video about: ${sentence(random, language)}`,
            duration: random.integer(10, 120),
            tone: 'professional',
          },
        }
      : {}),
    ...(source === 'blogUrl'
      ? {
          blogUrl: `https://blog.example.com/${random.integer(2019, 2026)}/how-to-drop-and-select-%26-win?ref=newsletter`,
        }
      : {}),
    sceneTransition: random.pick(['none', 'wipeup', 'fade', 'radial']),
    minimumDuration: random.integer(1, 10),
    createSceneOnNewLine: random.chance(0.5),
    highlightKeywords: random.chance(0.5),
    background: {
      type: 'video',
      searchFilter: {
        query: searchPhrase(random),
        keywords: [searchPhrase(random), searchPhrase(random)],
        libraries: ['story_blocks'],
      },
      colorOverlay: { color: random.pick(COLORS), opacity: 0.4 },
      settings: { loop: true, mute: random.chance(0.5), zoomAndPan: true },
    },
    elements: [
      {
        type: 'text',
        text: title(random, language),
        top: '10%',
        left: '5%',
        width: '90%',
        fontFamily: random.pick(FONTS),
        color: random.pick(COLORS),
      },
    ],
  };
}

/** Body of PUT /v1/video/render/{jobId} and POST /v2/video/render. */
export function renderOverrides(random: Random, language: string): object {
  return {
    output: {
      width: 1920,
      height: 1080,
      format: 'mp4',
      name: `${title(random, language)}.mp4`,
      title: title(random, language),
      description: script(random, language, 3),
    },
    webhook: `https://hooks.example.com/r/${random.uuid()}`,
    scenes: Array.from({ length: random.integer(1, 4) }, () => ({
      time: random.integer(1, 20) + 0.48,
      subtitles: true,
      background: {
        src: [{ url: mediaUrl(random, 'mp4'), type: 'video', loop_video: true, mute: false }],
      },
      sub_scenes: [
        {
          time: 3.2,
          text_lines: [
            {
              text: sentence(random, language),
              text_animation: [{ animation: 'fade', type: 'entry', speed: 0.5 }],
            },
          ],
        },
      ],
    })),
  };
}

/** Body of POST /v1/video/from-template. */
export function fromTemplate(random: Random, language: string): object {
  return {
    templateId: `2024${random.integer(1000, 9999)}${random.hexadecimal(12)}`,
    variables: {
      CUSTOMER_NAME: sentence(random, 'en'),
      title: title(random, language),
      price: '$49.99 / month',
      cta: 'Click here >>',
      'sub-title': title(random, language),
    },
    scenes: [
      { insertAfterSceneId: `scene_${random.integer(1, 20)}`, text: script(random, language, 2) },
    ],
  };
}

/** Body of POST /v2/transcription. */
export function transcription(random: Random): object {
  return {
    fileUrl: mediaUrl(random, random.pick(['mp4', 'mp3', 'wav'])),
    mediaType: random.pick(['video', 'audio']),
    language: random.pick(['en-US', 'fr-FR', 'zh-CN']),
    webhook: `https://hooks.example.com/t/${random.uuid()}`,
  };
}

/** Body of POST /v2/transcription/highlights: every spoken word on its own. */
export function highlights(random: Random, language: string): object {
  const words = script(random, language, 3).split(/\s+/).slice(0, 40);
  return {
    transcript: [
      {
        uid: random.uuid(),
        speakerId: 1,
        words: words.map((word, index) => ({
          uid: random.uuid(),
          word,
          start_time: index * 0.31,
          end_time: index * 0.31 + 0.28,
          speakerId: 1,
          sentence_index: 0,
          is_pause: false,
          pause_size: '',
        })),
      },
    ],
    highlight_duration: 30,
    duration: 180.5,
    language: 'en-US',
    webhook: `https://hooks.example.com/h/${random.uuid()}`,
  };
}

/** Body of POST /v1/music/search. */
export function musicSearch(random: Random): object {
  return {
    query: searchPhrase(random),
    page: random.integer(1, 9),
    pageSize: 20,
    sort: random.pick(['latest', 'shuffle', 'featured']),
    genre: random.pick(["Rock'n'Roll", 'R&B', 'Hip-Hop/Rap', 'Drum & Bass', 'Classical']),
    mood: 'Happy/Joyful',
    minDuration: 30,
    maxDuration: 240,
  };
}

/** Body of POST /v1/aistudio/images and videos. */
export function aiPrompt(random: Random, language: string): object {
  return {
    prompt: `${random.pick(['Photo of', 'A cinematic shot:', 'In the style of "film noir",', 'Insert'])} ${sentence(random, language)} --ar 16:9 (no text, no logo); 35mm, f/1.8`,
    model: random.pick(['seedream3.0', 'flux-schnell', 'nanobanana', 'pixverse5.5']),
    aspectRatio: random.pick(['1:1', '16:9', '9:16']),
    style: random.pick(['photorealistic', 'cartoon', 'vintage']),
    webhook: `https://hooks.example.com/ai/${random.uuid()}`,
  };
}

/** Body of PUT /v2/video/storyboard/{jobid}/elements. */
export function elementUpdates(random: Random, language: string): object {
  return Array.from({ length: random.integer(1, 5) }, () => ({
    id: random.uuid(),
    elementType: random.pick(['SceneText', 'backgroundElement', 'audioElement']),
    type: 'text',
    startTime: random.integer(0, 30),
    duration: random.integer(1, 10) + 0.5,
    text: sentence(random, language),
    url: mediaUrl(random, 'mp4'),
    loop: false,
    mute: true,
  }));
}

/** Body of POST /v1/media/generateurl. */
export function uploadUrl(random: Random): object {
  const name = random.pick([
    "O'Brien interview (final).mp4",
    'holiday & family.mov',
    'Q&A – part 1.mp3',
    'slides_v2.pptx',
    'select-best.wav',
    '会议录像.mp4',
    'take#3 [best].mp4',
    'résumé.mp4',
  ]);
  return {
    fileName: name,
    contentType: random.pick(['video/mp4', 'audio/mpeg', 'video/quicktime']),
  };
}

/** Body of POST /v1/brands/editvideo and of POST /v1/awsconnections. */
export function settings(random: Random, language: string): object {
  return random.chance(0.5)
    ? {
        name: title(random, language),
        description: sentence(random, language),
        color: random.pick(COLORS),
        font: { family: random.pick(FONTS), url: mediaUrl(random, 'woff2'), format: 'woff2' },
      }
    : {
        name: `prod-${random.hexadecimal(4)}`,
        description: sentence(random, language),
        awsAccountId: String(random.integer(100_000_000_000, 999_999_999_999)),
        awsRegion: 'eu-central-1',
        enabled: true,
      };
}
