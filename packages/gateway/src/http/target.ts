import { percentEncode } from '../domain/canonicalTarget.ts';
import { deny, type Denial } from '../domain/denial.ts';
import { percentDecode } from './percentEncoding.ts';

/** The one reading of a request target that every later step shares. */
export interface Target {
  /** Starts with one `/`; no empty and no dot segment, none at the end; only unreserved characters and upper-case escapes. */
  readonly path: string;
  /** The decoded segments of `path`. */
  readonly segments: readonly string[];
  /** Decoded, in the order of arrival. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads a request target in origin form (RFC 9112 section 3.2.1), or refuses it with `target_invalid`.
 *
 * Doubled slashes and one at the end are dropped: real clients join base addresses carelessly. Each segment is decoded
 * exactly once. What could be read in two ways is refused instead of repaired: dot segments, `/ \ ; # ? %` and control
 * characters in a decoded segment, `#` and `\` anywhere, escapes that are not `%XX` or not UTF-8. Because no decoded
 * segment holds `%`, nothing is hidden by encoding it twice.
 *
 * In the query `+` means a space, as the form encoding of every known client and server has it.
 */
export function readTarget(raw: string): Target | Denial {
  if (plainPath.test(raw))
    return { path: raw, segments: raw.slice(1).split('/'), query: emptyQuery };
  if (!raw.startsWith('/')) return invalid('path', 'the target does not start with a slash');
  if (!targetCharacters.test(raw)) {
    return invalid(
      'path',
      'the target holds a control character, #, \\ or a character beyond ASCII',
    );
  }
  const mark = raw.indexOf('?');
  const path = readPath(mark < 0 ? raw : raw.slice(0, mark));
  if ('denied' in path) return path;
  if (mark < 0) return { ...path, query: emptyQuery };
  const query = readQuery(raw.slice(mark + 1));
  if (query === null) return invalid('query', 'the query holds a bad escape or is not UTF-8');
  return { ...path, query };
}

const emptyQuery: Target['query'] = [];
const targetCharacters = /^[\x21\x22\x24-\x5b\x5d-\x7e]+$/;
const plainPath = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const forbiddenInSegment = /[\x00-\x1f\x7f/\\;#?%]/;

function readPath(raw: string): Pick<Target, 'path' | 'segments'> | Denial {
  const segments: string[] = [];
  for (const part of raw.split('/')) {
    if (part === '') continue;
    const segment = percentDecode(part);
    if (segment === null) return invalid('path', 'the path holds a bad escape or is not UTF-8');
    if (segment === '.' || segment === '..') return invalid('path', 'the path holds a dot segment');
    if (forbiddenInSegment.test(segment)) {
      return invalid('path', 'a path segment holds / \\ ; # ? % or a control character');
    }
    segments.push(segment);
  }
  return { path: `/${segments.map(percentEncode).join('/')}`, segments };
}

function readQuery(raw: string): Target['query'] | null {
  const pairs: (readonly [string, string])[] = [];
  for (const part of raw.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeForm(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? '' : decodeForm(part.slice(equals + 1));
    if (name === null || value === null) return null;
    pairs.push([name, value]);
  }
  return pairs;
}

/** NUL is refused like a bad escape: it ends text in too many places. */
function decodeForm(text: string): string | null {
  const decoded = percentDecode(text.includes('+') ? text.replaceAll('+', ' ') : text);
  return decoded === null || decoded.includes('\0') ? null : decoded;
}

function invalid(pointer: 'path' | 'query', reason: string): Denial {
  return deny('target_invalid', {
    pointer,
    detail: { reason, remedy: 'send the plain path, with each character encoded at most once' },
  });
}
