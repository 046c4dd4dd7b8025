import { LANGUAGES, script } from '../corpus/benign/texts.ts';
import { toWire } from '../corpus/corpusRequest.ts';
import { Random } from '../corpus/random.ts';

const SEED = 20_261_124;
const SENTENCES_MAX = 8;

/** For each language the texts of scenes, together of a size in bytes. */
export function* storyTexts(bytes: number): Generator<readonly string[]> {
  for (const language of LANGUAGES) {
    const random = new Random(SEED);
    const texts: string[] = [];
    for (let size = 0; size < bytes;) {
      const text = script(random, language, SENTENCES_MAX);
      size += toWire(text).length;
      texts.push(text);
    }
    yield texts;
  }
}
