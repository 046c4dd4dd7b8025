import type { Caption, Script } from '../script/script.ts';

/** SubRip: numbered cues, a comma before the milliseconds. */
export function srt(captions: readonly Caption[]): string {
  const cue = ({ text, startSeconds, endSeconds }: Caption, index: number) =>
    `${index + 1}\n${stamp(startSeconds, ',')} --> ${stamp(endSeconds, ',')}\n${text}\n`;
  return captions.map(cue).join('\n');
}

/** WebVTT (W3C): a header line, a full stop before the milliseconds, `&`, `<` and `>` escaped. */
export function vtt(captions: readonly Caption[]): string {
  const cue = ({ text, startSeconds, endSeconds }: Caption) =>
    `${stamp(startSeconds, '.')} --> ${stamp(endSeconds, '.')}\n${escaped(text)}\n`;
  return `WEBVTT\n\n${captions.map(cue).join('\n')}`;
}

/** The words alone, one subtitle a line. */
export function plainText(captions: readonly Caption[]): string {
  return `${captions.map(({ text }) => text).join('\n')}\n`;
}

/** All subtitles of a script in their order. */
export function captionsIn(script: Script): readonly Caption[] {
  return script.scenes.flatMap(({ captions }) => captions);
}

function stamp(seconds: number, separator: ',' | '.'): string {
  const totalMs = Math.round(seconds * 1000);
  const part = (value: number, digits: number) => String(Math.floor(value)).padStart(digits, '0');
  const clock = [totalMs / 3_600_000, (totalMs / 60_000) % 60, (totalMs / 1000) % 60];
  return `${clock.map((value) => part(value, 2)).join(':')}${separator}${part(totalMs % 1000, 3)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
