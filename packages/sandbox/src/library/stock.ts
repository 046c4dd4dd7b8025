import type { SceneVisual } from '../script/script.ts';

/** A stock picture or clip as media search lists it. */
interface StockAsset {
  readonly assetId: string;
  readonly id: string;
  readonly duration: number;
  readonly keyword: string;
  readonly mediaDescription: string;
  readonly mediaType: 'video' | 'image';
  readonly preview: { readonly jpg: string; readonly url: string };
  readonly thumbnail: { readonly jpg: string; readonly url: string };
  readonly searchLibrary: 'story_blocks' | 'getty';
}

const assetsPerPage = 12;

/** The visual of a scene for which nothing was asked. */
export function stockVisual(baseUrl: string, number: number): SceneVisual {
  return { type: 'video', url: `${baseUrl}/files/stock/clip-${number}.mp4` };
}

/**
 * A page of assets for a keyword: every keyword finds something.
 * Previews carry the time at which they stop being served.
 */
export function searchStock(
  baseUrl: string,
  keyword: string,
  page: number,
  previewsExpireAtMs: number,
): readonly StockAsset[] {
  return Array.from({ length: assetsPerPage }, (_, index) => {
    const number = (page - 1) * assetsPerPage + index + 1;
    const mediaType = index % 3 === 2 ? 'image' : 'video';
    const file = (name: string) => `${baseUrl}/files/stock/${name}?expiresAt=${previewsExpireAtMs}`;
    const picture = file(`picture-${number}.png`);
    return {
      assetId: `stock-${number}`,
      id: `stock-${number}`,
      duration: mediaType === 'video' ? 10 + (number % 20) : 0,
      keyword,
      mediaDescription: `Sandbox ${mediaType} ${number} for ${keyword}`,
      mediaType,
      preview: {
        jpg: picture,
        url: mediaType === 'video' ? file(`clip-${number}.mp4`) : picture,
      },
      thumbnail: { jpg: picture, url: picture },
      searchLibrary: index % 2 === 0 ? 'story_blocks' : 'getty',
    };
  });
}
