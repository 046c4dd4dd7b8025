import type { Ids } from '../ids.ts';

export interface TemplateScene {
  readonly sceneId?: string;
  readonly subtitles?: readonly { readonly text?: string }[];
  readonly [field: string]: unknown;
}

export interface Template {
  readonly templateId: string;
  readonly name: string;
  readonly language: string;
  readonly published: boolean;
  readonly deprecated: boolean;
  readonly scenes: readonly TemplateScene[];
  readonly variables: Readonly<Record<string, unknown>>;
}

interface TemplatePlace {
  readonly baseUrl: string;
  readonly ids: Ids;
}

/** A template as an uploaded file becomes one. The sandbox does not read the file: every one has two scenes. */
export function newTemplate(place: TemplatePlace, name: string): Template {
  const templateId = place.ids.uuid('template');
  return {
    templateId,
    name,
    language: 'en',
    published: true,
    deprecated: false,
    variables: {},
    scenes: ['Welcome to the first scene.', 'And this is the last one.'].map((text) => ({
      sceneId: place.ids.uuid('template scene'),
      subtitles: [{ text }],
      backgroundVisual: {
        visualUrl: `${place.baseUrl}/files/stock/clip-1.mp4`,
        url: `${place.baseUrl}/files/stock/clip-1.mp4`,
        type: 'video',
      },
      layers: [],
    })),
  };
}

/** The template that every account begins with. */
export function firstTemplate(place: TemplatePlace): Template {
  return newTemplate(place, 'Sandbox template');
}
