import { tokenError } from './lexer.ts';
import type { Token } from './lexer.ts';

/** One action of a rule as written: `msg:'text'`. Offsets count in the token's text. */
export interface WrittenAction {
  readonly token: Token;
  readonly name: string;
  readonly offset: number;
  /** '' when there is none. */
  readonly value: string;
  readonly valueOffset: number;
}

/** Split `id:1,phase:2,msg:'a, b'` at the commas outside of single quotes. */
export function splitActions(token: Token): WrittenAction[] {
  const actions: WrittenAction[] = [];
  const { text } = token;
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const nameEnd = endOfName(text, at);
    const name = text.slice(at, nameEnd).trim();
    if (name === '') throw tokenError(token, at, 'the name of an action is missing');
    if (text[nameEnd] !== ':') {
      actions.push({ token, name, offset: at, value: '', valueOffset: nameEnd });
      at = skipBlanks(text, nameEnd + 1);
      continue;
    }
    const valueStart = skipBlanks(text, nameEnd + 1);
    const { value, end } = readValue(token, valueStart);
    const valueOffset = text[valueStart] === "'" ? valueStart + 1 : valueStart;
    actions.push({ token, name, offset: at, value, valueOffset });
    at = skipBlanks(text, end + 1);
  }
  return actions;
}

function endOfName(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ':' && text[at] !== ',') at++;
  return at;
}

/** The value from an offset, and the offset of the comma (or end) after it. */
function readValue(token: Token, start: number): { value: string; end: number } {
  const { text } = token;
  if (text[start] !== "'") {
    let end = start;
    while (end < text.length && text[end] !== ',') end++;
    return { value: text.slice(start, end).trimEnd(), end };
  }
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && text[at + 1] === "'") value += text.charAt(++at);
    else if (text[at] !== "'") value += text.charAt(at);
    else {
      const end = skipBlanks(text, at + 1);
      if (end < text.length && text[end] !== ',') {
        throw tokenError(token, end, 'a comma is missing after the quote');
      }
      return { value, end };
    }
  }
  throw tokenError(token, start, 'a single quote that is opened here is never closed');
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}
