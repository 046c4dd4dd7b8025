/** A voice as `GET /v1/voiceovers/tracks` lists it. */
export interface Voice {
  readonly id: number;
  readonly name: string;
  readonly accent: string;
  readonly category: string;
  readonly engine: string;
  readonly gender: string;
  readonly language: string;
  readonly sample: string;
  readonly service: 'aws' | 'google' | 'elevenlabs';
  readonly ssmlHelp: string;
  readonly ssmlSupportCategory: string;
  readonly voice: string;
}

type Row = readonly [
  id: number,
  name: string,
  gender: string,
  language: string,
  accent: string,
  service: Voice['service'],
  engine: string,
  voice: string,
];

const rows: readonly Row[] = [
  [1001, 'Brian', 'male', 'en-GB', 'British', 'aws', 'neural', 'Brian'],
  [1002, 'Joanna', 'female', 'en-US', 'American', 'aws', 'neural', 'Joanna'],
  [1003, 'Matthew', 'male', 'en-US', 'American', 'aws', 'neural', 'Matthew'],
  [1004, 'Amy', 'female', 'en-GB', 'British', 'aws', 'standard', 'Amy'],
  [1010, 'Jackson', 'male', 'en-US', 'American', 'google', 'WaveNet', 'en-US-Wavenet-A'],
  [1011, 'Martin', 'male', 'en-US', 'American', 'google', 'Neural2', 'en-US-Neural2-D'],
  [1012, 'Tim', 'male', 'nl-NL', 'Dutch', 'google', 'WaveNet', 'nl-NL-Wavenet-B'],
  [1013, 'Gabriel', 'male', 'fr-FR', 'French', 'google', 'WaveNet', 'fr-FR-Wavenet-B'],
  [1014, 'Wilbur', 'male', 'de-DE', 'German', 'google', 'WaveNet', 'de-DE-Wavenet-B'],
  [1015, 'Marco', 'male', 'it-IT', 'Italian', 'google', 'WaveNet', 'it-IT-Wavenet-C'],
  [1016, 'Aurelio', 'male', 'pt-BR', 'Brazilian', 'google', 'WaveNet', 'pt-BR-Wavenet-B'],
  [1017, 'Hugo', 'male', 'es-ES', 'Spanish', 'google', 'WaveNet', 'es-ES-Wavenet-B'],
  [
    2001,
    'Sandbox Premium',
    'female',
    'en-US',
    'American',
    'elevenlabs',
    'eleven_multilingual_v2',
    'sandboxPremiumVoice1',
  ],
  [
    2002,
    'Sandbox Premium Two',
    'male',
    'en-US',
    'American',
    'elevenlabs',
    'eleven_multilingual_v2',
    'sandboxPremiumVoice2',
  ],
];

/** The voices that every account begins with. `baseUrl` is where their samples are served. */
export function standardVoices(baseUrl: string): readonly Voice[] {
  return rows.map(([id, name, gender, language, accent, service, engine, voice]) => ({
    id,
    name,
    accent,
    category: service === 'elevenlabs' ? 'premium' : 'standard',
    engine,
    gender,
    language,
    sample: `${baseUrl}/files/stock/voice-${id}.mp3`,
    service,
    ssmlHelp: service === 'elevenlabs' ? '' : 'Breaks and emphasis are understood.',
    ssmlSupportCategory: service === 'elevenlabs' ? 'none' : 'basic',
    voice,
  }));
}

/** Finds a voice by track id, name or provider id, as a speaker may be given. */
export function findVoice(voices: readonly Voice[], speaker: string | number): Voice | undefined {
  const wanted = String(speaker).toLowerCase();
  return voices.find(({ id, name, voice }) =>
    [String(id), name.toLowerCase(), voice.toLowerCase()].includes(wanted),
  );
}
