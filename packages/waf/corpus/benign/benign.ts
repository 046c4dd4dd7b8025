import type { LabelledRequest } from '../corpusRequest.ts';
import { Random } from '../random.ts';
import * as bodies from './bodies.ts';
import { provenNames } from './proven.ts';
import { LANGUAGES, searchPhrase } from './texts.ts';

export const BENIGN_SEED = 20_261_124;
export const BENIGN_COUNT = 2_600;

type Build = (random: Random, language: string) => object;

interface Operation {
  readonly method: string;
  readonly path: (random: Random) => string;
  readonly body: Build;
}

const BASE = '/pictoryapis';
const at = (path: string) => () => BASE + path;
const withId =
  (before: string, after = '') =>
  (random: Random) =>
    `${BASE}${before}${random.uuid()}${after}`;

const OPERATIONS: readonly [Operation, ...Operation[]] = [
  { method: 'POST', path: at('/v1/video/storyboard'), body: bodies.storyboardV1 },
  { method: 'POST', path: at('/v2/video/storyboard'), body: bodies.storyboardV2 },
  { method: 'POST', path: at('/v2/video/storyboard/render'), body: bodies.storyboardV2 },
  { method: 'PUT', path: withId('/v1/video/render/'), body: bodies.renderOverrides },
  { method: 'POST', path: at('/v2/video/render'), body: bodies.renderOverrides },
  { method: 'POST', path: at('/v1/video/from-template'), body: bodies.fromTemplate },
  { method: 'POST', path: at('/v2/transcription'), body: bodies.transcription },
  { method: 'POST', path: at('/v2/transcription/highlights'), body: bodies.highlights },
  { method: 'POST', path: at('/v1/music/search'), body: bodies.musicSearch },
  { method: 'POST', path: at('/v1/aistudio/images'), body: bodies.aiPrompt },
  { method: 'POST', path: at('/v1/aistudio/videos'), body: bodies.aiPrompt },
  {
    method: 'PUT',
    path: withId('/v2/video/storyboard/', '/elements'),
    body: bodies.elementUpdates,
  },
  { method: 'POST', path: at('/v1/media/generateurl'), body: bodies.uploadUrl },
  { method: 'POST', path: at('/v1/brands/editvideo'), body: bodies.settings },
];

/** Realistic requests of Pictory's clients, the same for the same seed. */
export function* benignRequests(
  seed = BENIGN_SEED,
  count = BENIGN_COUNT,
): Generator<LabelledRequest> {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) {
    yield index % 20 === 19
      ? search(random)
      : withBody(random, OPERATIONS[index % OPERATIONS.length] ?? OPERATIONS[0]);
  }
}

function withBody(random: Random, operation: Operation): LabelledRequest {
  const language = random.chance(0.4) ? 'en' : random.pick(LANGUAGES);
  const body = operation.body(random, language);
  const text = JSON.stringify(body);
  return {
    method: operation.method,
    target: operation.path(random),
    contentType: 'application/json',
    body: text,
    kind: operation.body.name,
    sample: text.slice(0, 200),
    proven: provenNames(body),
  };
}

function search(random: Random): LabelledRequest {
  const keyword = searchPhrase(random);
  const query = new URLSearchParams({
    keyword,
    category: 'people/lifestyle',
    language: 'en',
    page: String(random.integer(1, 9)),
  });
  return {
    method: 'GET',
    target: `${BASE}/v1/media/search?${query.toString()}`,
    contentType: '',
    body: '',
    kind: 'mediaSearch',
    sample: keyword,
    proven: new Set(['page']),
  };
}
