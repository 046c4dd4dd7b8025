/** Cuts a text into sentences, and at line breaks. Markup (SSML) is dropped, white space made single. */
export function sentencesOf(text: string): string[] {
  return linesOf(text).flatMap((line) =>
    line
      .split(/(?<=[.!?…。])\s+/)
      .map((sentence) => sentence.trim())
      .filter(Boolean),
  );
}

/** Cuts a text at its line breaks; empty lines are dropped. */
export function linesOf(text: string): string[] {
  return text
    .replace(/<[^<>]*>/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}
