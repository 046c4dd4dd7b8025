import { ok } from '../http/reply.ts';
import { choice, list, number, object, text, type Shape } from '../input/shape.ts';
import {
  genreGroups,
  genres,
  groupOfGenre,
  instruments,
  moods,
  musicTracks,
  purposes,
  type MusicTrack,
} from '../library/music.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';

const names = list(text());

const searchRequest = object({
  optional: {
    query: text(),
    page: number({ whole: true, min: 1 }),
    pageSize: number({ whole: true, min: 20, max: 100 }),
    sort: choice('latest', 'shuffle', 'featured'),
    genreGroup: names,
    genre: names,
    mood: names,
    instrument: names,
    purpose: names,
    notGenreGroup: names,
    notGenre: names,
    notMood: names,
    notInstrument: names,
    notPurpose: names,
    minDuration: number(),
    maxDuration: number(),
  },
});

type Search = typeof searchRequest extends Shape<infer T> ? T : never;

const listing = (id: string, path: string, values: readonly string[]) =>
  operation({ id, method: 'GET', path, handle: () => ok(values) });

export const musicOperations: readonly Operation[] = [
  operationWithBody(searchRequest, {
    id: 'searchMusic',
    method: 'POST',
    path: '/v1/music/search',
    handle({ input, account }) {
      const found = musicTracks(account.baseUrl).filter((track) => fits(track, input));
      const { page = 1, pageSize = 20 } = input;
      const ordered = input.sort === 'latest' ? found.toReversed() : found;
      return ok({ items: ordered.slice((page - 1) * pageSize, page * pageSize) });
    },
  }),
  listing('listMusicMoods', '/v1/music/moods', moods),
  listing('listMusicGenres', '/v1/music/genres', genres),
  listing('listMusicGenreGroups', '/v1/music/genres/groups', genreGroups),
  listing('listMusicInstruments', '/v1/music/instruments', instruments),
  listing('listMusicPurposes', '/v1/music/purposes', purposes),
];

/** Filter values are compared as they are written: the service minds upper and lower case. */
function fits(track: MusicTrack, search: Search): boolean {
  const groups = track.genres.map(groupOfGenre);
  const tagged =
    within(groups, search.genreGroup, search.notGenreGroup) &&
    within(track.genres, search.genre, search.notGenre) &&
    within(track.moods, search.mood, search.notMood) &&
    within(track.instruments, search.instrument, search.notInstrument) &&
    within(track.purposes, search.purpose, search.notPurpose);
  const long =
    track.duration >= (search.minDuration ?? 0) &&
    track.duration <= (search.maxDuration ?? Infinity);
  return tagged && long && track.title.toLowerCase().includes((search.query ?? '').toLowerCase());
}

function within(
  tags: readonly string[],
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
): boolean {
  const among = (values: readonly string[]) => tags.some((tag) => values.includes(tag));
  return (!wanted?.length || among(wanted)) && !(unwanted && among(unwanted));
}
