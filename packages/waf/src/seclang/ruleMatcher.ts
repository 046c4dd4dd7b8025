import { compileRegex } from '../regex/regex.ts';
import type { Regex } from '../regex/regex.ts';

export interface IdRange {
  readonly first: number;
  readonly last: number;
  /** Which link of a chain is meant, counting from 0. */
  readonly link: number;
}

/** Which rules an exclusion means. Tags and messages are compared whole, or by `/pattern/`. */
export type RuleMatcher =
  | { readonly kind: 'id'; readonly ranges: readonly IdRange[] }
  | { readonly kind: 'tag' | 'msg'; readonly text: string; readonly regex: Regex | null };

/** Parse `942100 942200-942299,942430:1`; null when a part is no id or range. */
export function parseIdRanges(text: string): IdRange[] | null {
  const ranges: IdRange[] = [];
  for (const part of text.replaceAll(',', ' ').split(' ')) {
    if (part === '') continue;
    const [range = '', link = '0'] = part.split(':');
    const [first = '', last = first] = range.split('-');
    if (![first, last, link].every(isWholeNumber) || Number(first) > Number(last)) return null;
    ranges.push({ first: Number(first), last: Number(last), link: Number(link) });
  }
  return ranges.length === 0 ? null : ranges;
}

/** A matcher on tags or messages; throws RegexSyntaxError for a bad `/pattern/`. */
export function textMatcher(kind: 'tag' | 'msg', text: string): RuleMatcher {
  const isPattern = text.length > 2 && text.startsWith('/') && text.endsWith('/');
  return { kind, text, regex: isPattern ? compileRegex(text.slice(1, -1)) : null };
}

function isWholeNumber(text: string): boolean {
  return (
    text !== '' && text.length <= 12 && [...text].every((digit) => digit >= '0' && digit <= '9')
  );
}
