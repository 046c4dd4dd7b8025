import { Entry } from './entry.ts';

/** Parse a Cookie header (RFC 6265, section 4.2.1) without decoding; a part without `=` is a name with no value. */
export function parseCookies(header: string, variable: string): Entry[] {
  const entries: Entry[] = [];
  for (const part of header.split(';')) {
    const pair = trimStart(part);
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    entries.push(new Entry(variable, name, equals === -1 ? '' : pair.slice(equals + 1)));
  }
  return entries;
}

function trimStart(text: string): string {
  let at = 0;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return text.slice(at);
}
