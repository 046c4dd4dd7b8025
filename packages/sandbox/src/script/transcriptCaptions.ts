import type { Caption } from './script.ts';
import { sentenceText, type Transcript } from './transcript.ts';

/** One subtitle a sentence. */
export function captionsOf(transcript: Transcript): readonly Caption[] {
  return transcript.map((sentence) => ({
    text: sentenceText(sentence),
    startSeconds: sentence.words[0]?.start_time ?? 0,
    endSeconds: sentence.words.at(-1)?.end_time ?? 0,
  }));
}
