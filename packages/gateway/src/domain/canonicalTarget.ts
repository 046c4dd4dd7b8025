import type { Received } from './received.ts';

/** Encodes everything but the unreserved characters of RFC 3986 section 2.3, so that each text has one spelling. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The target's text (RFC 9112 section 3.2.1), in ASCII; reading it again gives the same target. */
export function formatTarget({ path, query }: Pick<Received, 'path' | 'query'>): string {
  if (query.length === 0) return path;
  return `${path}?${query.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')}`;
}
