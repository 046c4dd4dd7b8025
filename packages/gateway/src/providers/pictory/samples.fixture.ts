import type { Json } from '../../domain/shape.ts';

/**
 * Bodies as the documented clients send them, by what they are for: written after the descriptions of the official
 * samples, the skill and the documentation, with everything that those are known to send.
 */
export interface Sample {
  readonly operationId: string;
  readonly body: Json;
}

const webhook = 'https://hooks.example.com/pictory';
const media = 'https://media.example.com/clip.mp4';

const v1Audio = {
  aiVoiceOver: { speaker: 'Jackson', speed: 100, amplifyLevel: 0 },
  autoBackgroundMusic: true,
  backGroundMusicVolume: 0.5,
};

const v1Scene = {
  text: 'AI is poised to significantly impact educators and course creators.',
  voiceOver: true,
  splitTextOnNewLine: true,
  splitTextOnPeriod: true,
};

const textStyle = {
  fontFamily: 'Mulish',
  fontSize: '24',
  textColor: 'rgb(255,255,255)',
  keywordColor: '#00ff00',
  textBackgroundColor: 'rgba(0,0,0,0.5)',
  verticalAlignment: 'bottom',
  horizontalAlignment: 'center',
  fontStyle: 'normal',
  fontWeight: 'bold',
  textDecoration: 'none',
};

/** `data.renderParams` of a finished v1 storyboard, as the samples send it on. */
const v1RenderParams = {
  audio: {
    tts: [
      {
        text: 'AI is poised',
        voice: 'Jackson',
        speed: 100,
        url: 'https://cdn.example.com/tts/1.mp3',
      },
    ],
    musics: [{ src: 'https://cdn.example.com/music/1.mp3', volume: 0.5 }],
    autoBackgroundMusic: true,
  },
  output: {
    width: 1920,
    height: 1080,
    format: 'mp4',
    name: 'demo.mp4',
    title: 'demo',
    description: '',
  },
  scenes: [
    {
      time: 7.2,
      subtitles: true,
      music: true,
      tts: true,
      background: {
        type: 'video',
        src: [{ url: media, type: 'video', loop_video: true, mute: true, asset_id: 12 }],
        effects: [],
      },
      sub_scenes: [
        {
          time: 3.6,
          location: { center_x: 0.5, start_y: 0.8 },
          font: { name: 'Mulish', size: '24' },
          text_lines: [
            { text: 'AI is poised', text_animation: [{ animation: 'fade', type: 'entry' }] },
          ],
        },
      ],
    },
  ],
  next_generation_video: true,
  containsTextToImage: false,
};

const words = [
  {
    uid: 'w1',
    word: 'Hello',
    start_time: 0,
    end_time: 0.4,
    speakerId: 1,
    sentence_index: 0,
    is_pause: false,
    highlight: true,
  },
  {
    uid: 'w2',
    word: '',
    start_time: 0.4,
    end_time: 0.9,
    speakerId: 1,
    sentence_index: 0,
    is_pause: true,
    pause_size: 'small',
  },
];
const transcript = [{ uid: 's1', speakerId: 1, words }];

const v2Scene = {
  story: 'Plants clean the air. They also lift the mood.',
  createSceneOnNewLine: true,
  createSceneOnEndOfSentence: true,
  highlightKeywords: true,
  maxSubtitleLines: 2,
  minimumDuration: 3,
  sceneTransition: 'fade',
  subtitleStyle: {
    fontFamily: 'Mulish',
    fontSize: 24,
    color: '#ffffff',
    position: 'bottom-center',
    alignment: 'center',
    decorations: ['bold'],
    animations: [{ name: 'fade', type: 'entry', speed: 'medium' }],
  },
  background: {
    type: 'video',
    visualUrl: media,
    clips: [{ start: 0, end: 5 }],
    settings: { mute: true, loop: true, zoomAndPan: false },
    colorOverlay: { color: '#000000', opacity: 0.4 },
  },
  elements: [
    { type: 'text', text: 'Green', textVariant: 'heading', top: '10%', left: '5%', width: '90%' },
  ],
};

const v2Storyboard = {
  videoName: 'plants_at_home',
  aspectRatio: '16:9',
  language: 'en',
  webhook,
  webhookInput: { order: 17, callback: 'http://intranet.local/orders/17', projectId: 'our-own' },
  brandName: 'Acme',
  subtitleStyleName: 'Plain',
  voiceOver: { enabled: true, aiVoices: [{ speaker: 'Emma', speed: 100, amplificationLevel: 0 }] },
  backgroundMusic: { enabled: true, autoMusic: true, volume: 0.3 },
  logo: { url: 'https://media.example.com/logo.png', position: 'top-right', width: '10%' },
  scenes: [v2Scene],
};

export const samples: Readonly<Record<string, Sample>> = {
  'text to video': {
    operationId: 'createStoryboardV1',
    body: {
      videoName: 'Text-to-video demo',
      videoDescription: 'AI is poised',
      language: 'en',
      webhook,
      videoWidth: '1080',
      videoHeight: 1920,
      autoHighlightKeywords: true,
      audio: v1Audio,
      textStyles: textStyle,
      scenes: [v1Scene],
    },
  },
  'text to video with a logo, intro and outro': {
    operationId: 'createStoryboardV1',
    body: {
      videoName: 'demo',
      brandLogo: {
        url: 'https://media.example.com/logo.png',
        verticalAlignment: 'top',
        horizontalAlignment: 'right',
      },
      audio: { ...v1Audio, autoBackgroundMusic: 'true' },
      scenes: [
        {
          backgroundUri: media,
          backgroundType: 'video',
          backgroundVideoSegments: [{ start: 0, end: 5 }],
          loopBackgroundVideo: false,
          muteBackgroundVideo: true,
        },
        v1Scene,
      ],
    },
  },
  'text styles on the scene': {
    operationId: 'createStoryboardV1',
    body: { videoName: 'demo', audio: v1Audio, scenes: [{ ...v1Scene, ...textStyle }] },
  },
  'blog to video': {
    operationId: 'createStoryboardV1',
    body: {
      videoName: 'demo',
      webhook,
      scenes: [{ article_url: 'https://blog.example.com/post' }],
    },
  },
  'audio to video': {
    operationId: 'createStoryboardV1',
    body: {
      videoName: 'demo',
      audio: {
        autoBackgroundMusic: false,
        voiceOverUri: 'https://media.example.com/audio.mp3',
        autoSyncVoiceOver: true,
      },
      scenes: [
        {
          ...v1Scene,
          voiceOverSegment: { start: 0, end: 4.5 },
          subtitle: true,
          backgroundVisualFilter: { category: 'nature' },
        },
      ],
    },
  },
  'search for a visual': {
    operationId: 'createStoryboardV1',
    body: {
      videoName: 'demo',
      scenes: [
        {
          text: 'a',
          mediaSearchQuery: 'cats',
          minimumDuration: 4,
          caption: 'b',
          captionLanguage: 'es',
        },
      ],
    },
  },
  'v1 render': { operationId: 'createRenderV1', body: { ...v1RenderParams, webhook } },
  'v1 render by job with nothing': { operationId: 'renderStoryboardJobV1', body: {} },
  'v1 render by job with render parameters': {
    operationId: 'renderStoryboardJobV1',
    body: { ...v1RenderParams, webhook },
  },
  'v1 from template': {
    operationId: 'createStoryboardFromTemplateV1',
    body: {
      templateId: '202411200938',
      variables: { FIRST_NAME: 'Ada' },
      scenes: [
        {
          insertBeforeSceneId: '2024a',
          text: 'Hello {{FIRST_NAME}}',
          voiceOver: true,
          backgroundUri: media,
        },
      ],
    },
  },
  transcription: {
    operationId: 'createTranscription',
    body: { fileUrl: media, mediaType: 'video', language: 'en-US', webhook },
  },
  'v1 transcription': {
    operationId: 'createTranscriptionV1',
    body: { fileUrl: media, mediaType: 'video', language: 'en-US', webhook },
  },
  highlights: {
    operationId: 'createHighlights',
    body: { transcript, highlight_duration: 10, duration: '42.5', language: 'en-US', webhook },
  },
  'highlights of a job': {
    operationId: 'createHighlightsForJob',
    body: { highlight_duration: '10', language: 'en', webhook },
  },
  'upload link': {
    operationId: 'createUploadUrl',
    body: { fileName: 'video.mp4', contentType: 'video/mp4' },
  },
  'v2 storyboard': { operationId: 'createStoryboardPreview', body: v2Storyboard },
  'v2 storyboard and render': {
    operationId: 'renderStoryboardVideo',
    body: { ...v2Storyboard, videoDescription: 'bulletin' },
  },
  'v2 bulletin': {
    operationId: 'renderStoryboardVideo',
    body: {
      videoName: 'bulletin',
      videoWidth: 1080,
      videoHeight: 1920,
      subtitleStyle: {
        fontFamily: 'Mulish',
        showBullet: true,
        bulletSize: 3,
        bulletFillColor: '#ff0000',
        paragraphWidth: '80%',
        animations: [
          { name: 'bulletin', type: 'entry', writingStyle: 'line', futureWords: 'hidden' },
        ],
      },
      scenes: [
        {
          audioUrl: 'https://media.example.com/a.mp3',
          audioLanguage: 'en-US',
          transcript,
          hideSubtitles: false,
          background: {
            color: '#123456',
            searchFilter: { query: 'sea', keywords: ['sea', 'sun'], libraries: ['getty'] },
          },
          backgroundBrolls: [{ visualUrl: media, brollClip: { start: 1, end: 2 } }],
          backgroundCorpus: [{ visualUrl: media, type: 'image', prefer: true }],
        },
      ],
    },
  },
  'v2 elements': {
    operationId: 'updateStoryboardElements',
    body: [
      {
        id: 'backgroundElement_1',
        elementType: 'backgroundElement',
        visualUrl: media,
        visualType: 'video',
        startTime: 0,
        duration: 4,
        loop: true,
        mute: true,
        objectMode: 'cover',
      },
    ],
  },
  'v2 render': {
    operationId: 'renderVideo',
    body: {
      output: { width: 1920, height: 1080 },
      elements: [{ id: 'e1', type: 'video', url: media }],
    },
  },
  'v2 render of a preview': { operationId: 'renderFromPreview', body: { webhook } },
  'music search': {
    operationId: 'searchMusic',
    body: {
      query: 'calm',
      page: 1,
      pageSize: 20,
      sort: 'latest',
      genre: ['ambient'],
      mood: ['calm'],
      notGenre: ['rock'],
      minDuration: 30,
      maxDuration: 180,
    },
  },
  'template scenes': {
    operationId: 'updateTemplate',
    body: {
      scenes: [
        {
          sceneId: 's1',
          subtitles: [{ text: 'Hello' }],
          backgroundVisual: { url: media, type: 'video' },
        },
      ],
    },
  },
};
