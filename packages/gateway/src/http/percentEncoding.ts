/** Decodes `%XX` strictly: null for a bad escape or for bytes that are not UTF-8 (RFC 3986 section 2.1, RFC 3629). */
export function percentDecode(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Encodes everything but the unreserved characters of RFC 3986 section 2.3, so that each text has one spelling. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
