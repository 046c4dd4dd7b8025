/** A music track as the search lists it. */
export interface MusicTrack {
  readonly id: string;
  readonly title: string;
  readonly audioUrl: string;
  readonly duration: number;
  readonly genres: readonly string[];
  readonly instruments: readonly string[];
  readonly moods: readonly string[];
  readonly purposes: readonly string[];
}

const words = (list: string) => list.trim().split(/\s*,\s*/);

export const genreGroups = words(
  'Acoustic, Ambient, Blues, Cinematic, Classical, Corporate, Country, Electronic, Hip Hop, Jazz, Pop, Rock',
);

export const genres = words(
  `Acoustic Folk, Ambient Pads, Delta Blues, Film Score, Trailer, Chamber, Solo Piano, Corporate Pop,
   Bluegrass, House, Synthwave, Lo-fi, Boom Bap, Bossa Nova, Swing, Indie Pop, Dance Pop, Indie Rock, Surf Rock`,
);

export const moods = words(
  'Angry, Bright, Calm, Dark, Dreamy, Epic, Funny, Happy, Hopeful, Inspiring, Mysterious, Relaxed, Romantic, Sad, Serious, Tense',
);

export const instruments = words(
  'Acoustic Guitar, Bass, Bells, Brass, Cello, Drums, Electric Guitar, Flute, Harp, Organ, Percussion, Piano, Strings, Synth, Ukulele, Violin',
);

export const purposes = words(
  `Advertisement, Adventure, Animals, Animation, Announcement, App Demo, Architecture, Art, Audiobook, Automotive,
   Awards, Baby, Beauty, Birthday, Business, Camping, Celebration, Charity, Children, Christmas, City, Comedy,
   Conference, Cooking, Countdown, Crafts, Crime, Dance, Documentary, Drama, Drone Footage, E-commerce, Education,
   Explainer, Fashion, Festival, Finance, Fitness, Food, Gaming, Garden, Graduation, Halloween, Health, History,
   Holiday, Home, Horror, Interview, Intro, Luxury, Medical, Meditation, Motivation, Nature, News, Opener, Outro,
   Party, Podcast, Presentation, Product Launch, Real Estate, Review, Science, Slideshow, Social Media, Space, Sports,
   Technology, Travel, Tutorial, Wedding, Yoga`,
);

const trackCount = 240;

/** The library, the same every time: each track takes its tags in turn. */
export function musicTracks(baseUrl: string): readonly MusicTrack[] {
  return Array.from({ length: trackCount }, (_, index) => {
    const nth = (list: readonly string[], step: number) => list[(index * step) % list.length]!;
    const mood = nth(moods, 1);
    const genre = nth(genres, 7);
    return {
      id: `track-${index + 1}`,
      title: `${mood} ${genre} ${index + 1}`,
      audioUrl: `${baseUrl}/files/stock/music-${index + 1}.mp3`,
      duration: 60 + ((index * 13) % 180),
      genres: [genre],
      instruments: [nth(instruments, 3), nth(instruments, 5)],
      moods: [mood],
      purposes: [nth(purposes, 1), nth(purposes, 11)],
    };
  });
}

/** Genres belong to groups in turn. */
export function groupOfGenre(genre: string): string {
  return genreGroups[genres.indexOf(genre) % genreGroups.length] ?? genreGroups[0]!;
}
