/** First path segment that clients use. */
export const prefix = '/pictoryapis';

/** Each scope with a sentence. Every operation needs exactly one. */
export const scopes = {
  'tokens:issue': 'Exchange a client id and secret for a token; answered by Filmgate itself.',
  'storyboards:write': 'Start storyboards and previews, and change the elements of a finished one.',
  'renders:create': 'Render videos; spends video minutes.',
  'branding:read': 'List fonts, brands, subtitle styles and smart layouts.',
  'jobs:list': 'List the own jobs.',
  'jobs:read': 'Read the state and result of an own job.',
  'jobs:delete': 'Erase the outputs and inputs of an own finished job; cannot be undone.',
  'projects:read': 'List and read own projects.',
  'projects:write': 'Replace own projects.',
  'projects:delete': 'Delete own projects; cannot be undone.',
  'templates:read': 'List and read own templates.',
  'templates:write': 'Upload templates and change own ones.',
  'templates:delete': 'Delete own templates; cannot be undone.',
  'transcriptions:create': 'Transcribe audio and video; spends transcription minutes.',
  'highlights:create': 'Pick highlights from transcripts; what it spends is not documented.',
  'media:search': 'Search stock pictures and clips.',
  'media:upload': 'Get signed addresses to upload files to.',
  'music:read': 'Search music and list moods, genres, instruments and purposes.',
  'voices:read': 'List AI voices.',
  'voices:write': 'Register a custom voice for the whole account.',
  'avatars:read': 'List avatars and their looks.',
  'branding:write': 'Create branding for the embedded editor, for the whole account.',
  'ai-images:create': 'Generate pictures; spends AI credits.',
  'ai-images:read': 'List own generated pictures.',
  'ai-videos:create': 'Generate clips; spends AI credits, up to 20 a second.',
  'ai-videos:read': 'List own generated clips.',
  'account:read': "Read the account's used and allowed amounts; shows the whole account.",
  'billing:read': 'Read the ledger of AI credits; shows the whole account.',
  'aws-connections:write': 'Create AWS connections and change own ones.',
  'aws-connections:read': 'List and read own AWS connections.',
  'aws-connections:delete': 'Delete own AWS connections; cannot be undone.',
  'vimeo-connections:write': 'Create Vimeo connections and change own ones; carries secrets.',
  'vimeo-connections:read': 'List and read own Vimeo connections.',
  'vimeo-connections:delete': 'Delete own Vimeo connections; cannot be undone.',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof scopes;

/** Each field-level capability with a sentence. A field that needs one is refused without it. */
export const capabilities = {
  'ai-visual': 'Generate pictures or clips inside a storyboard; spends AI credits.',
  avatar: 'Put a speaking avatar into a video; spends AI credits, 15 per 30 seconds.',
  'premium-voice':
    'Use premium voice settings, or a voice by a number or provider id that may be a premium one; spends ElevenLabs minutes.',
  'story-copilot': 'Let Pictory write the script; what it spends is not documented.',
  aws: 'Read media through an AWS connection of the account.',
  vimeo: 'Publish through a Vimeo connection of the account.',
  destinations: 'Publish the result to a destination outside Pictory.',
  'save-project': "Save the result as a project, visible in the account's dashboard.",
  webhook: 'Name an address that Pictory calls when the job ends.',
  'remote-urls': 'Name addresses that Pictory fetches; the policy may list the allowed hosts.',
} as const satisfies Record<string, string>;

export type Capability = keyof typeof capabilities;

const reading: readonly Scope[] = [
  'branding:read',
  'jobs:list',
  'jobs:read',
  'projects:read',
  'templates:read',
  'media:search',
  'music:read',
  'voices:read',
  'avatars:read',
  'ai-images:read',
  'ai-videos:read',
];

const creating: readonly Scope[] = [
  'storyboards:write',
  'renders:create',
  'transcriptions:create',
  'highlights:create',
  'media:upload',
  'templates:write',
];

interface Preset {
  readonly scopes: readonly Scope[];
  readonly capabilities: readonly Capability[];
}

/**
 * Ready-made grants. `create-and-read` carries what the documented clients send: storyboard, render, transcription and
 * upload with their own media and webhooks; nothing that spends credits beside minutes, and nothing account-wide.
 * `full` leaves out `tokens:issue`: the gateway answers that call and never forwards it.
 */
export const presets: Readonly<Record<'read-only' | 'create-and-read' | 'full', Preset>> = {
  'read-only': { scopes: reading, capabilities: [] },
  'create-and-read': {
    scopes: [...reading, ...creating],
    capabilities: ['remote-urls', 'webhook'],
  },
  full: {
    scopes: (Object.keys(scopes) as Scope[]).filter((scope) => scope !== 'tokens:issue'),
    capabilities: Object.keys(capabilities) as Capability[],
  },
};
