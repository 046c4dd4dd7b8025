import { isCode } from './address.ts';
import { byteAt, isBlank, isLetter, isQuote, skipBlanks } from './bytes.ts';
import { isHandler } from './judgeTag.ts';
import { EVENT_HANDLERS } from './vocabulary.ts';

const HANDLER_NAME_MAX = 48;
const VALUE_BYTES_MAX = 256;

/**
 * Whether a value that lands inside an attribute leaves it and adds an event handler. The byte before
 * the name tells the context: a quote ends a quoted attribute, a blank or a slash an unquoted one.
 * Outside quotes the handler's value must be code, since people write `onclick=handler` in prose.
 */
export function hasAttributeBreakout(input: string): boolean {
  let quoted = false;
  for (let i = 0; i < input.length; i++) {
    const byte = input.charCodeAt(i);
    if (isQuote(byte)) quoted = true;
    if ((byte | 32) !== 111 || (byteAt(input, i + 1) | 32) !== 110) continue;
    if (i > 0 && !isSeparator(input.charCodeAt(i - 1))) continue;
    const end = nameEnd(input, i);
    const equals = skipBlanks(input, end);
    if (byteAt(input, equals) === 61 && isBreakout(input, i, end, equals, quoted)) return true;
    i = end - 1;
  }
  return false;
}

function isBreakout(
  input: string,
  start: number,
  end: number,
  equals: number,
  quoted: boolean,
): boolean {
  const name = input.slice(start, end).toLowerCase();
  const valueStart = skipBlanks(input, equals + 1);
  const value = readBareValue(input, valueStart);
  if (value === '') return false;
  if (quoted && EVENT_HANDLERS.has(name)) return isCode(value) || isQuote(byteAt(input, start - 1));
  return isHandler(name, value) && isCode(value);
}

function readBareValue(input: string, start: number): string {
  const quote = byteAt(input, start);
  const limit = Math.min(input.length, start + VALUE_BYTES_MAX);
  let end = start + 1;
  if (isQuote(quote)) {
    while (end < limit && byteAt(input, end) !== quote) end++;
    return input.slice(start + 1, end);
  }
  while (end < limit && !isBlank(byteAt(input, end)) && byteAt(input, end) !== 62) end++;
  return input.slice(start, end);
}

function nameEnd(input: string, start: number): number {
  let end = start;
  while (end - start < HANDLER_NAME_MAX && isLetter(byteAt(input, end))) end++;
  return end;
}

function isSeparator(byte: number): boolean {
  return isBlank(byte) || isQuote(byte) || byte === 47 || byte === 59;
}
