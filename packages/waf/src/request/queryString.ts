import { Entry } from './entry.ts';
import { urlDecode } from './urlDecode.ts';

export interface ParsedArguments {
  readonly entries: Entry[];
  /** Number of `%` that no two hexadecimal digits follow. */
  readonly invalidEncodings: number;
  /** True when there were more than `argumentsMax`; the rest is not in `entries`. */
  readonly tooMany: boolean;
}

/** Parse `a=1&b=2` as browsers send it (WHATWG URL, section 5.1), names and values decoded, order kept. */
export function parseQueryString(
  text: string,
  variable: string,
  separator: string,
  argumentsMax: number,
): ParsedArguments {
  const entries: Entry[] = [];
  let invalidEncodings = 0;
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf(separator, start);
    if (end === -1) end = text.length;
    if (end > start) {
      if (entries.length >= argumentsMax) return { entries, invalidEncodings, tooMany: true };
      const equals = text.indexOf('=', start);
      const nameEnd = equals === -1 || equals > end ? end : equals;
      const name = urlDecode(text.slice(start, nameEnd));
      const value = urlDecode(text.slice(Math.min(nameEnd + 1, end), end));
      invalidEncodings += name.invalid + value.invalid;
      entries.push(new Entry(variable, name.text, value.text));
    }
    start = end + 1;
  }
  return { entries, invalidEncodings, tooMany: false };
}
