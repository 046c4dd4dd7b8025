import type { Random } from '../random.ts';
import { fill } from './fillers.ts';
import { SENTENCES, TECHNICAL_SENTENCES } from './sentences.ts';

export const LANGUAGES = Object.keys(SENTENCES);
const TECHNICAL_SHARE = 0.12;

/** One sentence as a person would write it; in English now and then about code. */
export function sentence(random: Random, language: string): string {
  const technical = language === 'en' && random.chance(TECHNICAL_SHARE);
  const pool = technical ? TECHNICAL_SENTENCES : (SENTENCES[language] ?? []);
  return fill(random.pick(pool), random);
}

/** A script of some sentences, broken into lines or not. */
export function script(random: Random, language: string, sentencesMax: number): string {
  const count = random.integer(1, sentencesMax);
  const lines = Array.from({ length: count }, () => sentence(random, language));
  return lines.join(random.pick([' ', '\n', '\n\n', ' ... ', ' - ']));
}

/** A short title. */
export function title(random: Random, language: string): string {
  const words = sentence(random, language).split(' ').slice(0, random.integer(2, 6));
  return words.join(' ').slice(0, 100);
}

/** What someone types into a search box. */
export function searchPhrase(random: Random): string {
  return random.pick([
    "children's playground",
    'rock & roll',
    'union square at night',
    "o'clock",
    'drop of water',
    'select committee',
    'doctor and patient',
    'table tennis',
    'insert coin',
    'happy + healthy',
    'cats or dogs',
    '"slow motion" ocean',
    'black-and-white',
    '50% off sale',
    'group of people',
    'where the wild things are',
    'C# developer',
    'coffee, tea & me',
    'like a boss',
    'having fun',
    'sleep',
    'execute order',
    'update software',
    'script writing',
    'alert driver',
    'document signing',
    'home/office',
    'cat',
    'ping pong',
    'echo canyon',
    'node',
    'python snake',
    'root vegetables',
    'who am I',
    'java island',
    'shell on the beach',
    'curl hair',
    'nc state',
    'id card',
    'time lapse',
    'man & woman',
    '1 or 2 people',
    'new york, ny',
    'château',
    '北京 天际线',
    'осень',
  ]);
}
