import { hundredths } from './script.ts';
import { sentencesOf } from './sentences.ts';

/** A word with its times in seconds. The API gives all fields; what callers send back may lack any. */
interface Word {
  readonly uid?: string;
  readonly word?: string;
  readonly start_time?: number;
  readonly end_time?: number;
  readonly speakerId?: number | string;
  readonly sentence_index?: number;
  readonly is_pause?: boolean;
  readonly pause_size?: string;
  readonly highlight?: boolean;
}

export interface Sentence {
  readonly uid?: string;
  readonly speakerId?: number | string;
  readonly words: readonly Word[];
}

export type Transcript = readonly Sentence[];

const secondsPerWord = 0.4;

/** Speaks a text at an even pace, one speaker. `uid` names sentences and words. */
export function transcribe(text: string, uid: () => string): Transcript {
  let seconds = 0;
  return sentencesOf(text).map((sentence, index) => ({
    uid: uid(),
    speakerId: 1,
    words: sentence.split(' ').map((word) => {
      const start = seconds;
      seconds = hundredths(seconds + secondsPerWord);
      return spokenWord(word, index, start, seconds, uid());
    }),
  }));
}

function spokenWord(
  word: string,
  sentenceIndex: number,
  start: number,
  end: number,
  uid: string,
): Word {
  return {
    uid,
    word,
    start_time: start,
    end_time: end,
    speakerId: 1,
    sentence_index: sentenceIndex,
    is_pause: false,
    pause_size: 'small',
    highlight: false,
  };
}

/** Marks words from the start until `seconds` are filled. */
export function highlight(transcript: Transcript, seconds: number): Transcript {
  let left = seconds;
  return transcript.map((sentence) => ({
    ...sentence,
    words: sentence.words.map((word) => {
      const chosen = left > 0;
      left -= Math.max(0, (word.end_time ?? 0) - (word.start_time ?? 0));
      return { ...word, highlight: chosen };
    }),
  }));
}

/** The whole text, one line a sentence. */
export function textOf(transcript: Transcript): string {
  return transcript.map(sentenceText).join('\n');
}

export function sentenceText(sentence: Sentence): string {
  return sentence.words.map(({ word }) => word ?? '').join(' ');
}

/** Seconds until the last word ends. */
export function spokenLengthSeconds(transcript: Transcript): number {
  return Math.max(0, ...transcript.map(({ words }) => words.at(-1)?.end_time ?? 0));
}
