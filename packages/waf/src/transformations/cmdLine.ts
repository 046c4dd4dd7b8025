import { asciiLowerCase } from './lowercase.ts';
import { bytesIn } from './transformation.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:cmdLine
 *
 * Description: Undoes shell obfuscation: deletes backslashes, quotes and carets, spaces before `/` and `(`; commas, semicolons and white space become one space; lower-cases.
 * Arguments: none.
 * Returns: the plain command.
 * Example: `C^"at" ,/etc` becomes `cat/etc`.
 */
export const cmdLine: Transformation = {
  name: 'cmdLine',
  touches: ['"', "'", '\\', '^', ',', ';', '\t', '\r', '\n', '  ', ' /', ' ('],
  creates: ' ',
  changesCase: 'upper',
  apply: plain,
};

const IS_DELETED = bytesIn('"\'\\^');
const IS_SPACE = bytesIn(' ,;\t\r\n');
const BLANK = 0x20;

function plain(input: string): string {
  let text = '';
  let copied = 0;
  let at = 0;
  while (at < input.length) {
    if (isPlain(input, at) || isLoneBlank(input, at)) {
      at++;
      continue;
    }
    text += input.slice(copied, at);
    let spaced = false;
    while (at < input.length && !isPlain(input, at)) {
      if (IS_SPACE[input.charCodeAt(at++)] === 1) spaced = true;
    }
    if (spaced && !swallowsBlank(input, at)) text += ' ';
    copied = at;
  }
  return asciiLowerCase(text + input.slice(copied));
}

function isPlain(input: string, at: number): boolean {
  const code = input.charCodeAt(at);
  return IS_SPACE[code] !== 1 && IS_DELETED[code] !== 1;
}

/** A blank that stays as it is, by far the most frequent case. */
function isLoneBlank(input: string, at: number): boolean {
  const next = at + 1;
  return (
    input.charCodeAt(at) === BLANK &&
    next < input.length &&
    isPlain(input, next) &&
    !swallowsBlank(input, next)
  );
}

function swallowsBlank(input: string, at: number): boolean {
  const character = input.charAt(at);
  return character === '/' || character === '(';
}
