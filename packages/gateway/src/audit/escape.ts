/**
 * What can change how a text is shown although it is no text: DEL and the C1 controls (ANSI sequences among them), marks
 * and overrides of writing direction, invisible characters, line separators, tags. C0 controls never stand in JSON.
 */
const unsafe =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

/** Escapes them in JSON, where `\u202e` means the same as the character. */
export function escapeUnsafe(json: string): string {
  return json.replace(unsafe, (characters) =>
    Array.from({ length: characters.length }, (_, index) => {
      const code = characters.charCodeAt(index).toString(16);
      return `\\u${code.padStart(4, '0')}`;
    }).join(''),
  );
}
