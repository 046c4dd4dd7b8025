export interface Frame {
  readonly widthPixels: number;
  readonly heightPixels: number;
}

const frames: Readonly<Record<string, Frame>> = {
  '16:9': { widthPixels: 1920, heightPixels: 1080 },
  '9:16': { widthPixels: 1080, heightPixels: 1920 },
  '1:1': { widthPixels: 1080, heightPixels: 1080 },
  '4:5': { widthPixels: 1080, heightPixels: 1350 },
  '3:4': { widthPixels: 1080, heightPixels: 1440 },
  '4:3': { widthPixels: 1440, heightPixels: 1080 },
};

/** The frame that a request asks for, by size or by aspect ratio; 1920 by 1080 when it does not say. */
export function frameOf(asked: {
  readonly width?: string | number | undefined;
  readonly height?: string | number | undefined;
  readonly aspectRatio?: string | undefined;
}): Frame {
  const widthPixels = Number(asked.width);
  const heightPixels = Number(asked.height);
  if (isSide(widthPixels) && isSide(heightPixels)) return { widthPixels, heightPixels };
  return frames[asked.aspectRatio ?? '16:9'] ?? frames['16:9']!;
}

function isSide(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels > 0 && pixels <= 16_384;
}
