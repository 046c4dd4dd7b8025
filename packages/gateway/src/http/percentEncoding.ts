/** Decodes `%XX` strictly: null for a bad escape or for bytes that are not UTF-8 (RFC 3986 section 2.1, RFC 3629). */
export function percentDecode(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
