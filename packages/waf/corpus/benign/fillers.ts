import type { Random } from '../random.ts';

const NAMES = [
  "Siobhan O'Brien",
  "Shaquille O'Neal",
  "Jean-Luc D'Arc",
  'José Núñez',
  'Zoë Müller',
  'Łukasz Żak',
  'Nguyễn Văn An',
  "Conor O'Connor & Sons",
  "D'Angelo Russell",
  '王小明',
  '佐藤 花子',
  'Мария Иванова',
  'أحمد علي',
  'Priya Patel',
  'Anne-Marie van der Berg',
  "T'Challa Udaku",
  'Dr. Smith, M.D.',
  'Bobby Tables',
  'Christopher Null',
  'Ms. Union',
];
const COMPANIES = [
  'Smith & Sons',
  "McDonald's",
  "Levi's",
  'AT&T',
  'Yahoo!',
  'Ben & Jerry’s',
  'H&M',
  'Toys "R" Us',
  'Procter & Gamble',
  'A/B Labs',
  'C# Corner',
  'Node.js Foundation',
  'Select Comfort',
  'Union Pacific',
  'Drop Box Movers',
  "L'Oréal",
  '7-Eleven',
  'Café Olé',
  'Script & Co.',
];
const CITIES = [
  'Paris',
  'São Paulo',
  "Coeur d'Alene",
  'Zürich',
  'New York',
  "Xi'an",
  'København',
  'St. John’s',
  'Union City',
  'Kyoto',
  'İzmir',
];
const DRUGS = [
  'ibuprofen',
  'metformin',
  'amoxicillin/clavulanate',
  'acetaminophen (paracetamol)',
  'β-blockers',
  'vitamin D3',
  'insulin',
  'omeprazole',
];
const DOMAINS = ['example.com', 'my-shop.example', 'video.example.org', 'cafe-ole.example'];
const DATES = ['31 December', '12/24/2026', '2026-11-30', 'next Friday', 'Nov. 5th'];
const PATHS = [
  '/',
  '/pricing',
  '/blog/2026/how-to-select-a-video-tool',
  '/a?utm_source=news&utm_medium=email',
  '/docs#getting-started',
  '/watch?v=dQw4w9WgXcQ',
  '/search?q=cats+and+dogs',
  '/index.php?id=42',
  '/p/100%25-cotton',
];

/** Fill the slots of a sentence: names, companies, prices, addresses and the like. */
export function fill(sentence: string, random: Random): string {
  return sentence.replaceAll(
    /\{([a-z]+?)2?\}/g,
    (slot, name: string) => filler(name, random) ?? slot,
  );
}

export function mediaUrl(random: Random, extension: string): string {
  const name = random.pick([
    'intro',
    'final cut',
    'product-tour',
    'holiday_2026',
    'q4(results)',
    'clip 1+2',
    'müsli',
  ]);
  return `https://${random.pick(['cdn', 'media', 'assets'])}.${random.pick(DOMAINS)}/${random.hexadecimal(8)}/${encodeURIComponent(name)}.${extension}`;
}

function filler(name: string, random: Random): string | null {
  switch (name) {
    case 'name':
      return random.pick(NAMES);
    case 'company':
      return random.pick(COMPANIES);
    case 'city':
      return random.pick(CITIES);
    case 'drug':
      return random.pick(DRUGS);
    case 'domain':
      return random.pick(DOMAINS);
    case 'date':
      return random.pick(DATES);
    case 'url':
      return `https://www.${random.pick(DOMAINS)}${random.pick(PATHS)}`;
    case 'handle':
      return random.pick(['studio.one', 'o_brien', 'video.tips', 'cafe_ole']);
    case 'price':
      return random.pick(['$99', '1.299,00', '49.95', "1'250", '$1,000,000', '€ 19,90', '4 999']);
    case 'percent':
      return String(random.integer(5, 95));
    case 'digit':
      return String(random.integer(1, 4));
    case 'digits':
      return String(random.integer(1000, 9999));
    default:
      return null;
  }
}
