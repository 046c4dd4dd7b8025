import { byteAt, isLetter, isQuote } from './bytes.ts';
import { SINK_FUNCTIONS, SINK_OBJECTS } from './vocabulary.ts';

const PUNCTUATION_MAX = 12;
const NAME_BYTES_MAX = 32;
const IS_JOINT = new Uint8Array(256);
for (const joint of ';+-*/,)}]|&^?:%<>=({[! \t~') IS_JOINT[joint.charCodeAt(0)] = 1;

/**
 * Whether a value that lands inside a quoted string of a script leaves it and calls the browser:
 * a quote, at least one joint such as `;` or `+`, then a sink that is called, indexed or assigned to.
 */
export function hasScriptBreakout(input: string): boolean {
  for (let i = 0; i < input.length; i++) {
    if (!isQuote(input.charCodeAt(i))) continue;
    const name = skipJoints(input, i + 1);
    if (name > i + 1 && isSinkUse(input, name, i + 1)) return true;
  }
  return false;
}

function skipJoints(input: string, start: number): number {
  let position = start;
  const limit = Math.min(input.length, start + PUNCTUATION_MAX);
  while (position < limit && IS_JOINT[input.charCodeAt(position)] === 1) position++;
  return position;
}

function isSinkUse(input: string, start: number, jointsStart: number): boolean {
  let end = start;
  while (end - start < NAME_BYTES_MAX && isLetter(byteAt(input, end))) end++;
  const name = input.slice(start, end).toLowerCase();
  if (input.slice(jointsStart, start).trim() === '') return false;
  const next = byteAt(input, end);
  if (SINK_FUNCTIONS.has(name)) return next === 40 || next === 96;
  if (!SINK_OBJECTS.has(name)) return false;
  if (next === 61) return byteAt(input, end + 1) !== 61;
  return next === 91 || (next === 46 && isLetter(byteAt(input, end + 1)));
}
