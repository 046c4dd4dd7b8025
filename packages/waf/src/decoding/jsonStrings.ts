import { toByteString } from './byteString.ts';

const STRINGS_MAX = 256;
const JSON_BYTES_MAX = 1_048_576;

/** Names and string values of a JSON object, array or string that a text consists of. */
export function decodeJsonStrings(text: string): readonly string[] {
  if (!looksLikeJson(text)) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  const strings: string[] = [];
  const open: unknown[] = [parsed];
  while (open.length > 0 && strings.length < STRINGS_MAX) {
    const node = open.pop();
    if (typeof node === 'string') strings.push(toByteString(node));
    else if (Array.isArray(node)) open.push(...node.slice(0, STRINGS_MAX));
    else if (typeof node === 'object' && node !== null) {
      for (const [name, child] of Object.entries(node).slice(0, STRINGS_MAX))
        open.push(child, name);
    }
  }
  return strings;
}

function looksLikeJson(text: string): boolean {
  if (text.length > JSON_BYTES_MAX) return false;
  const trimmed = text.trim();
  const ends = `${trimmed[0] ?? ''}${trimmed.at(-1) ?? ''}`;
  return ends === '{}' || ends === '[]' || ends === '""';
}
