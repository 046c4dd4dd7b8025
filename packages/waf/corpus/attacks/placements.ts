import type { LabelledRequest } from '../corpusRequest.ts';

/** Where in a request a payload stands. */
export type Placement = 'prose' | 'json' | 'query' | 'form' | 'name' | 'cookie' | 'user agent';

export const PLACEMENTS: readonly Placement[] = [
  'prose',
  'json',
  'query',
  'form',
  'cookie',
  'user agent',
];

const HARMLESS = 'It starts here, and it ends well.';
const JSON_TYPE = 'application/json';

/** The request of a Pictory client with the payload in one place. */
export function place(payload: string, placement: Placement, kind: string): LabelledRequest {
  const base = {
    kind,
    sample: payload,
    method: 'POST',
    contentType: JSON_TYPE,
    target: '/pictoryapis/v2/video/storyboard',
  };
  const story = {
    videoName: 'promo',
    language: 'en',
    aspectRatio: '16:9',
    scenes: [{ story: HARMLESS }],
  };
  switch (placement) {
    case 'prose':
      return {
        ...base,
        body: JSON.stringify({ ...story, scenes: [{ story: payload, minimumDuration: 3 }] }),
      };
    case 'json':
      return { ...base, body: JSON.stringify({ ...story, webhookInput: { reference: payload } }) };
    case 'name':
      return { ...base, body: JSON.stringify({ ...story, [payload]: 'x' }) };
    case 'form':
      return {
        ...base,
        contentType: 'application/x-www-form-urlencoded',
        body: `reference=${encodeURIComponent(payload)}`,
      };
    case 'query':
      return {
        ...get(base),
        target: `/pictoryapis/v1/media/search?keyword=${encodeURIComponent(payload)}`,
      };
    case 'cookie':
      return { ...get(base), headers: [['Cookie', `session=${encodeURIComponent(payload)}`]] };
    case 'user agent':
      return { ...get(base), headers: [['User-Agent', payload.replaceAll(/[\r\n]/g, ' ')]] };
  }
}

function get(base: Omit<LabelledRequest, 'body'>): LabelledRequest {
  return { ...base, method: 'GET', contentType: '', body: '', target: '/pictoryapis/v1/jobs' };
}
