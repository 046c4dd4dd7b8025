import { WHITE_SPACE } from './transformation.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:trimLeft
 *
 * Description: Removes white space at the start.
 * Arguments: none.
 * Returns: the input without it.
 * Example: `  a ` becomes `a `.
 */
export const trimLeft: Transformation = {
  name: 'trimLeft',
  touches: [...WHITE_SPACE],
  creates: '',
  apply: trimStart,
};

/** The input from its first character that is not white space. */
export function trimStart(input: string): string {
  let start = 0;
  while (start < input.length && WHITE_SPACE.includes(input.charAt(start))) start++;
  return input.slice(start);
}
