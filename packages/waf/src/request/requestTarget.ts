import { percentDecode } from './urlDecode.ts';

/** The parts of a request target (RFC 9112, section 3.2) that rules look at. */
export interface RequestTarget {
  /** Path and query, without origin and fragment: REQUEST_URI. */
  readonly uri: string;
  /** The path, `%XX` decoded once as a server would before it looks for the file: REQUEST_FILENAME. */
  readonly path: string;
  /** What follows the last slash or backslash of that path: REQUEST_BASENAME. */
  readonly basename: string;
  /** The query without `?`, or null when there is no `?`: QUERY_STRING. */
  readonly query: string | null;
}

/** Split a request target as it stood on the wire; absolute form loses scheme and authority. */
export function parseRequestTarget(target: string): RequestTarget {
  const fragment = target.indexOf('#');
  const uri = withoutOrigin(fragment === -1 ? target : target.slice(0, fragment));
  const question = uri.indexOf('?');
  const path = percentDecode(question === -1 ? uri : uri.slice(0, question)).text;
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return {
    uri,
    path,
    basename: path.slice(cut + 1),
    query: question === -1 ? null : uri.slice(question + 1),
  };
}

function withoutOrigin(target: string): string {
  if (target.startsWith('/')) return target;
  const scheme = target.indexOf('://');
  if (scheme <= 0 || !isSchemeName(target.slice(0, scheme))) return target;
  const pathStart = firstOf(target, '/?', scheme + 3);
  if (pathStart === -1) return '/';
  return target[pathStart] === '/' ? target.slice(pathStart) : `/${target.slice(pathStart)}`;
}

function isSchemeName(text: string): boolean {
  for (const character of text.toLowerCase()) {
    const letter = character >= 'a' && character <= 'z';
    if (!letter && !'0123456789+-.'.includes(character)) return false;
  }
  return true;
}

function firstOf(text: string, characters: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (characters.includes(text.charAt(at))) return at;
  }
  return -1;
}
