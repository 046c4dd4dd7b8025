import { comparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @containsWord
 *
 * Description: Whether the value contains a text with no letter, digit or underscore beside it.
 * Arguments: the text; macros are expanded.
 * Returns: true when it does; case counts.
 * Example: `SecRule ARGS "@containsWord select" "id:1,deny"`
 */
export function containsWord({ argument }: OperatorInput): Operator {
  return comparison(argument, (input, word) => word === '' || hasWord(input, word));
}

function hasWord(input: string, word: string): boolean {
  for (let at = input.indexOf(word); at !== -1; at = input.indexOf(word, at + 1)) {
    if (!isWordByte(input.charCodeAt(at - 1)) && !isWordByte(input.charCodeAt(at + word.length)))
      return true;
  }
  return false;
}

function isWordByte(code: number): boolean {
  const lower = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (lower >= 0x61 && lower <= 0x7a) || code === 0x5f;
}
