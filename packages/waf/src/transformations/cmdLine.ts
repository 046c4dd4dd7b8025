import { asciiLowerCase } from './lowercase.ts';
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

function plain(input: string): string {
  let text = '';
  let spaced = false;
  for (let at = 0; at < input.length; at++) {
    const character = input.charAt(at);
    if ('"\'\\^'.includes(character)) continue;
    if (' ,;\t\r\n'.includes(character)) {
      spaced = true;
      continue;
    }
    if (spaced && character !== '/' && character !== '(') text += ' ';
    spaced = false;
    text += character;
  }
  return asciiLowerCase(spaced ? `${text} ` : text);
}
