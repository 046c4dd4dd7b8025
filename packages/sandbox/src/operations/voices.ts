import type { Voice } from '../library/voices.ts';
import { ok } from '../http/reply.ts';
import { choice, flag, number, object, text, url } from '../input/shape.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';

const newVoice = object({
  required: {
    name: text(),
    engine: choice(
      'neural',
      'standard',
      'WaveNet',
      'Neural2',
      'eleven_monolingual_v1',
      'eleven_multilingual_v2',
    ),
    service: choice('aws', 'google', 'elevenlabs'),
    voiceId: text(),
  },
  optional: {
    description: text(),
    language: text(),
    accent: text(),
    age: text(),
    gender: text(),
    sample: url(),
    publicUserId: text(),
    elevenlabsVoiceSettings: object({
      optional: { similarityBoost: number(), stability: number(), useSpeakerBoost: flag },
    }),
  },
});

export const voiceOperations: readonly Operation[] = [
  operation({
    id: 'listVoices',
    method: 'GET',
    path: '/v1/voiceovers/tracks',
    handle: ({ account }) => ok(account.voices),
  }),
  operationWithBody(newVoice, {
    id: 'createVoice',
    method: 'POST',
    path: '/v1/voiceovers/tracks',
    handle({ input, account }) {
      const id = Math.max(...account.voices.map((voice) => voice.id)) + 1;
      const voice: Voice = {
        id,
        name: input.name,
        accent: input.accent ?? '',
        category: 'custom',
        engine: input.engine,
        gender: input.gender ?? '',
        language: input.language ?? 'en-US',
        sample: input.sample ?? `${account.baseUrl}/files/stock/voice-${id}.mp3`,
        service: input.service,
        ssmlHelp: '',
        ssmlSupportCategory: 'none',
        voice: input.voiceId,
      };
      account.voices.push(voice);
      return ok(voice);
    },
  }),
];
