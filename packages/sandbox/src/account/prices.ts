/** AI credits a picture, by model. */
export const imageCredits: Readonly<Record<string, number>> = {
  'seedream3.0': 2,
  'flux-schnell': 0.6,
  nanobanana: 4,
  'nanobanana-pro': 14,
};

/** AI credits a second of video, by model. */
export const videoCreditsPerSecond: Readonly<Record<string, number>> = {
  'pixverse5.5': 1.6,
  'veo3.1': 20,
  'veo3.1_fast': 10,
};

export const imageModelByDefault = 'seedream3.0';
export const videoModelByDefault = 'pixverse5.5';

/** AI credits for each begun half minute of a speaking avatar. */
export const avatarCreditsPerHalfMinute = 15;
