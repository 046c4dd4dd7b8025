import type { V2Storyboard } from '../input/v2Storyboard.ts';
import { findVoice, type Voice } from '../library/voices.ts';
import type { Script } from '../script/script.ts';
import {
  avatarCreditsPerHalfMinute,
  imageCredits,
  imageModelByDefault,
  videoCreditsPerSecond,
  videoModelByDefault,
} from './prices.ts';
import { minutesOf, rounded, type Charge } from './quotas.ts';

/** Video minutes of a finished render. */
export function renderCharges(script: Script): readonly Charge[] {
  const amount = minutesOf(script.durationSeconds);
  return [{ quota: 'videoMinutes', amount, source: 'Render', description: script.name }];
}

export function transcriptionCharges(seconds: number, description: string): readonly Charge[] {
  const amount = minutesOf(seconds);
  return [{ quota: 'transcriptionMinutes', amount, source: 'Transcription', description }];
}

/** What making a v2 storyboard costs by itself: generated visuals, an avatar, premium voices. */
export function storyboardCharges(
  request: V2Storyboard,
  script: Script,
  voices: readonly Voice[],
): readonly Charge[] {
  return [
    ...visualsOf(request).map(visualCharge),
    ...avatarCharges(request, script),
    ...voiceCharges(request, script, voices),
  ];
}

export function imageCharge(model: string, prompt: string): Charge {
  const amount = imageCredits[model] ?? imageCredits[imageModelByDefault]!;
  return { quota: 'aiCredits', amount, source: 'Text-to-Image', description: prompt.slice(0, 80) };
}

export function videoCharge(model: string, seconds: number, prompt: string): Charge {
  const perSecond = videoCreditsPerSecond[model] ?? videoCreditsPerSecond[videoModelByDefault]!;
  return {
    quota: 'aiCredits',
    amount: rounded(perSecond * seconds),
    source: 'Text-to-Video',
    description: prompt.slice(0, 80),
  };
}

interface GeneratedVisual {
  readonly type: string | undefined;
  readonly model?: string;
  readonly prompt?: string;
  readonly videoDuration?: string;
}

function visualsOf(request: V2Storyboard): GeneratedVisual[] {
  const places = (request.scenes ?? []).flatMap(({ background, backgroundBrolls, elements }) =>
    [background ?? [], backgroundBrolls ?? [], elements ?? []].flat(),
  );
  return places.flatMap(({ type, aiVisual }) => (aiVisual ? [{ type, ...aiVisual }] : []));
}

function visualCharge({ type, model, prompt = '', videoDuration }: GeneratedVisual): Charge {
  if (type !== 'video') return imageCharge(model ?? imageModelByDefault, prompt);
  return videoCharge(
    model ?? videoModelByDefault,
    Number.parseInt(videoDuration ?? '5', 10),
    prompt,
  );
}

function avatarCharges(request: V2Storyboard, script: Script): Charge[] {
  if (request.avatar?.avatarId === undefined) return [];
  const amount = Math.ceil(script.durationSeconds / 30) * avatarCreditsPerHalfMinute;
  return [{ quota: 'aiCredits', amount, source: 'AI Avatar', description: script.name }];
}

function voiceCharges(request: V2Storyboard, script: Script, voices: readonly Voice[]): Charge[] {
  const scenes = request.scenes ?? [];
  const spoken = [request, ...scenes].flatMap(({ voiceOver }) => voiceOver?.aiVoices ?? []);
  const premium = spoken.some(
    ({ speaker, premiumVoiceSettings }) =>
      premiumVoiceSettings || findVoice(voices, speaker)?.service === 'elevenlabs',
  );
  if (!premium) return [];
  const amount = minutesOf(script.durationSeconds);
  const source = 'ElevenLabs voice-over';
  return [{ quota: 'elevenLabsVoiceOverMinutes', amount, source, description: script.name }];
}
